using Npgsql;
using QuanTrac.Portal.Data.Model;

namespace QuanTrac.Portal.Data.Backup;

/// <summary>Brings what opens and closes doors from the database that is being replaced into the restored copy, before anybody comes in: going back in time must not
/// open again what was locked, withdrawn or ended since. Accounts that were made since are not carried: somebody grants them anew.</summary>
public static class CarryDoors
{
    /// <param name="old">The backup login on what was there; null where it cannot be read: then only sessions end.</param>
    /// <param name="copy">The owner on the restored copy.</param>
    public static async Task RunAsync(NpgsqlConnection? old, NpgsqlConnection copy, CancellationToken cancel)
    {
        await using var transaction = await copy.BeginTransactionAsync(cancel);
        if (old is not null)
        {
            await copy.ExecuteAsync(Left, cancel, Json(await old.ScalarAsync<string>("SELECT jsonb_agg(to_jsonb(a))::text FROM account AS a WHERE a.left_at IS NOT NULL", cancel) ?? "[]"));
            var accounts = await old.ScalarAsync<string>("SELECT jsonb_agg(to_jsonb(a))::text FROM account AS a", cancel) ?? "[]";
            await copy.ExecuteAsync((await copy.ScalarAsync<string>(Accounts, cancel))!, cancel, Json(accounts));
            // Tables are named here and nowhere else.
            foreach (var (read, write) in Steps)
                await copy.ExecuteAsync(write, cancel, Json(await old.ScalarAsync<string>(read, cancel) ?? "[]"));
        }
        // Whoever was let in on the day of the backup was let in by what held then.
        await copy.ExecuteAsync("UPDATE account_session SET ended_at = greatest(started_at, now()), end_reason = 'everywhere' WHERE ended_at IS NULL", cancel);
        await copy.ExecuteAsync("DELETE FROM session_node", cancel);
        await transaction.CommitAsync(cancel);
    }

    private static NpgsqlParameter Json(string rows) => new() { Value = rows, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Jsonb };

    // A person who left meanwhile does not come back, nor what was known of them: the account bears its pseudonym again.
    private const string Left =
        """
        UPDATE account AS a SET user_name = k.user_name, normalized_user_name = k.normalized_user_name, display_name = k.display_name, email = k.email, phone = k.phone, left_at = k.left_at
        FROM jsonb_populate_recordset(NULL::account, $1) AS k WHERE k.id = a.id AND k.created_at = a.created_at AND a.left_at IS NULL
        """;

    // Whatever an account opens by, now or in a later version: all but its name and how its person is reached.
    private const string Accounts =
        """
        SELECT 'UPDATE account AS a SET ' || string_agg(format('%1$I = k.%1$I', attname), ', ') || ' FROM jsonb_populate_recordset(NULL::account, $1) AS k
            WHERE k.id = a.id AND k.normalized_user_name = a.normalized_user_name AND EXISTS (SELECT FROM organisation AS o WHERE o.code = k.organisation_code)'
        FROM pg_attribute WHERE attrelid = 'account'::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
            AND attname NOT IN ('id', 'user_name', 'normalized_user_name', 'display_name', 'email', 'phone', 'demo', 'created_at', 'last_seen_at')
        """;

    // What is read as JSON on the one side, and what becomes of it on the other.
    private static readonly (string Read, string Write)[] Steps =
    [
        // Moved to an organisation that is not there now, or not there under this name: nobody comes in by it until somebody has looked.
        ("SELECT jsonb_agg(jsonb_build_object('id', id, 'normalized_user_name', normalized_user_name, 'organisation_code', organisation_code))::text FROM account",
        """
        UPDATE account AS a SET locked_at = now(), locked_by = 'restore', locked_reason = 'Khôi phục dữ liệu: tài khoản đã chuyển đơn vị sau bản sao lưu'
        WHERE a.locked_at IS NULL AND NOT EXISTS (SELECT FROM jsonb_populate_recordset(NULL::account, $1) AS k
            WHERE k.id = a.id AND k.normalized_user_name = a.normalized_user_name AND k.organisation_code = a.organisation_code)
        """),
        ("SELECT jsonb_agg(to_jsonb(t))::text FROM account_token AS t", "DELETE FROM account_token WHERE $1::jsonb IS NOT NULL"),
        ("SELECT jsonb_agg(to_jsonb(t))::text FROM account_token AS t",
            "INSERT INTO account_token SELECT k.* FROM jsonb_populate_recordset(NULL::account_token, $1) AS k JOIN account AS a ON a.id = k.user_id"),
        // Only what differs: a new bond makes an account fresh.
        ("SELECT jsonb_agg(to_jsonb(t))::text FROM account_login AS t",
        """
        DELETE FROM account_login AS t WHERE NOT EXISTS (SELECT FROM jsonb_populate_recordset(NULL::account_login, $1) AS k
            WHERE k.login_provider = t.login_provider AND k.provider_key = t.provider_key AND k.user_id = t.user_id)
        """),
        ("SELECT jsonb_agg(to_jsonb(t))::text FROM account_login AS t",
            "INSERT INTO account_login SELECT k.* FROM jsonb_populate_recordset(NULL::account_login, $1) AS k JOIN account AS a ON a.id = k.user_id ON CONFLICT DO NOTHING"),
        ("SELECT jsonb_agg(to_jsonb(t))::text FROM account_recovery_code AS t", "DELETE FROM account_recovery_code WHERE $1::jsonb IS NOT NULL"),
        ("SELECT jsonb_agg(to_jsonb(t))::text FROM account_recovery_code AS t",
            "INSERT INTO account_recovery_code SELECT k.* FROM jsonb_populate_recordset(NULL::account_recovery_code, $1) AS k JOIN account AS a ON a.id = k.account_id"),
        ("SELECT jsonb_agg(to_jsonb(t))::text FROM account_passkey AS t", "DELETE FROM account_passkey WHERE $1::jsonb IS NOT NULL"),
        ("SELECT jsonb_agg(to_jsonb(t))::text FROM account_passkey AS t",
            "INSERT INTO account_passkey SELECT k.* FROM jsonb_populate_recordset(NULL::account_passkey, $1) AS k JOIN account AS a ON a.id = k.account_id"),
        // A code counts once, whatever was restored meanwhile.
        ("SELECT jsonb_agg(to_jsonb(t))::text FROM account_code AS t",
            "INSERT INTO account_code SELECT k.* FROM jsonb_populate_recordset(NULL::account_code, $1) AS k JOIN account AS a ON a.id = k.account_id ON CONFLICT DO NOTHING"),
        ("SELECT jsonb_agg(to_jsonb(t))::text FROM api_token AS t",
        """
        UPDATE api_token AS t SET revoked_at = coalesce(k.revoked_at, now()), revoked_by = coalesce(k.revoked_by, 'restore'), revoked_reason = coalesce(k.revoked_reason, 'Khôi phục dữ liệu')
        FROM api_token AS mine LEFT JOIN jsonb_populate_recordset(NULL::api_token, $1) AS k ON k.sha256 = mine.sha256
        WHERE mine.id = t.id AND t.revoked_at IS NULL AND (k.id IS NULL OR k.revoked_at IS NOT NULL)
        """),
        ("SELECT jsonb_agg(to_jsonb(t))::text FROM calendar_token AS t WHERE revoked_at IS NULL",
        """
        UPDATE calendar_token AS t SET revoked_at = now()
        WHERE revoked_at IS NULL AND NOT EXISTS (SELECT FROM jsonb_populate_recordset(NULL::calendar_token, $1) AS k WHERE k.sha256 = t.sha256)
        """),
        // What allowed somebody in and was ended since stays ended.
        ("SELECT jsonb_agg(to_jsonb(u))::text FROM authority AS u WHERE u.ended_at IS NOT NULL",
        """
        UPDATE authority AS u SET ended_at = k.ended_at, ended_by = k.ended_by, ended_reason = k.ended_reason
        FROM jsonb_populate_recordset(NULL::authority, $1) AS k WHERE k.id = u.id AND k.recorded_at = u.recorded_at AND u.ended_at IS NULL
        """),
        // What secrets and cookies were sealed with since.
        ("SELECT jsonb_agg(to_jsonb(t))::text FROM data_protection_key AS t",
        """
        INSERT INTO data_protection_key (friendly_name, xml) SELECT k.friendly_name, k.xml FROM jsonb_populate_recordset(NULL::data_protection_key, $1) AS k
        WHERE NOT EXISTS (SELECT FROM data_protection_key AS t WHERE t.friendly_name = k.friendly_name)
        """),
        // A release that was taken back stays taken back.
        ("SELECT jsonb_agg(to_jsonb(c.code))::text FROM campaign AS c WHERE c.released_at IS NOT NULL",
        """
        WITH closed AS (UPDATE campaign SET released_at = NULL, released_by = NULL, release_document = ''
            WHERE released_at IS NOT NULL AND NOT code IN (SELECT jsonb_array_elements_text($1)) RETURNING id)
        UPDATE site_status AS s SET released = false FROM closed WHERE s.campaign_id = closed.id
        """),
        // A letter that went out does not go out again.
        ("SELECT jsonb_agg(to_jsonb(m))::text FROM mail AS m WHERE m.state <> 'queued'",
        """
        UPDATE mail AS m SET state = CASE k.state WHEN 'sending' THEN 'unsure' ELSE k.state END, attempts = k.attempts, sent_at = k.sent_at, fault = k.fault
        FROM jsonb_populate_recordset(NULL::mail, $1) AS k WHERE k.id = m.id AND k.queued_at = m.queued_at AND m.state = 'queued'
        """),
        // A number that was given out names one thing for ever.
        ("SELECT jsonb_agg(jsonb_build_array(sequencename, last_value))::text FROM pg_sequences WHERE schemaname = 'public' AND last_value IS NOT NULL",
        """
        SELECT setval(format('public.%I', s.sequencename)::regclass, greatest(s.last_value, (k.pair ->> 1)::bigint))
        FROM jsonb_array_elements($1) AS k (pair) JOIN pg_sequences AS s ON s.schemaname = 'public' AND s.sequencename = k.pair ->> 0
        """),
    ];
}
