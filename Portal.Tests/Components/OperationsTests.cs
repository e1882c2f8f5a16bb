using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using MudBlazor;
using QuanTrac.Portal.Data.Backup;
using QuanTrac.Portal.Features.Operations;

namespace QuanTrac.Portal.Tests.Components;

/// <summary>What the Centre reads of jobs, backups and restores.</summary>
public sealed class OperationsTests : KitContext
{
    private static readonly DateTimeOffset At = new(2026, 11, 29, 18, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(JobResult.Done, "Đã gửi 3 thư")]
    [InlineData(JobResult.Failed, "Không hoàn thành")]
    [InlineData(JobResult.Interrupted, "Bị ngắt khi máy chủ dừng")]
    [InlineData(JobResult.Skipped, "Bỏ qua trong khi khôi phục")]
    public void Outcome_OfARun_IsASentence(JobResult result, string sentence) =>
        Assert.Equal(sentence, JobWords.Outcome(Texts<JobTexts>(), "send-mail", new(At, TimeSpan.FromSeconds(2), result, ["3"], "", "n1", false)));

    [Theory]
    [InlineData(0.25, "0,2 giây")]
    [InlineData(59.9, "59,9 giây")]
    [InlineData(61, "1 phút 1 giây")]
    public void Took_OfARun_IsInSecondsThenInMinutes(double seconds, string words) => Assert.Equal(words, JobWords.Took(Texts<JobTexts>(), TimeSpan.FromSeconds(seconds)));

    [Theory]
    [InlineData(LeftoverState.Open, false, "", "open", "Chưa xử lý")]
    [InlineData(LeftoverState.Open, true, "", "open", "Phải làm lại bằng tay")]
    [InlineData(LeftoverState.Open, false, "FileGone|a.pdf", "bad", "Không còn tệp a.pdf trong kho")]
    [InlineData(LeftoverState.Carried, false, "", "good", "Đã áp dụng tự động")]
    [InlineData(LeftoverState.Taken, false, "Already", "good", "Đã có trong dữ liệu.")]
    [InlineData(LeftoverState.Settled, true, "Đã nhập lại", "good", "lan đóng lúc 30/11/2026 01:00: Đã nhập lại")]
    public void Leftover_WhatBecameOfIt_IsSaid(LeftoverState state, bool byHand, string outcome, string tint, string said)
    {
        var item = new Leftover(7, "kept", "account", "k", At, "admin", "", [], state, outcome.Split('|', StringSplitOptions.RemoveEmptyEntries), At, "lan");
        var words = LeftoverWords.Of(Texts<RestoreTexts>(), item, byHand);
        Assert.Equal(tint, words.Tint);
        Assert.Contains(said, $"{words.Word}. {words.Detail}", StringComparison.Ordinal);
    }

    [Fact]
    public void Evidence_OfAProvenBackup_TellsRowsTimesAndAnswers()
    {
        var evidence = new ProofEvidence(At, 30, 1.25, 20, 6, 2, 80, 123456, new Dictionary<string, int> { ["policies"] = 61 }, 41, "18.1", "1.14",
            [new("/map/sites", 200, 5120, "abc123")], AnswersCompared: true);
        var said = Evidence(Line("proven") with { Evidence = evidence });
        Assert.Contains("123.456 dòng trong 80 bảng", said, StringComparison.Ordinal);
        Assert.Contains("chính sách 61", said, StringComparison.Ordinal);
        Assert.Contains("Cổng trên bản khôi phục trả lời giống bản gốc", said, StringComparison.Ordinal);
        Assert.Contains("5.120 B", said, StringComparison.Ordinal);
        Assert.Contains("abc123", said, StringComparison.Ordinal);
    }

    [Fact]
    public void Evidence_OfABackupThatFailed_SaysWhatIsWrongWithIt()
    {
        var said = Evidence(Line("unproven") with { Problem = nameof(BackupFault.TableMissing), Facts = ["public.result"] });
        Assert.Contains("Bản khôi phục thiếu bảng public.result.", said, StringComparison.Ordinal);
        Assert.Contains("Chưa có bằng chứng", said, StringComparison.Ordinal);
    }

    [Fact]
    public void Integrity_BeforeTheFirstCheck_SaysWhatToDo() =>
        Assert.Contains("Chưa kiểm tra lần nào", Words(Render<IntegrityCard>().Find("section")), StringComparison.Ordinal);

    [Fact]
    public void Integrity_FaultsFirst_WithExamples()
    {
        var card = Render<IntegrityCard>(given => given.Add(one => one.Report, new(At, [new("Files", 0, []), new("StatusMissing", 2, ["12", "31"])])));
        Assert.Contains("2 nội dung, 2 lỗi", Words(card.Find("[role=status]")), StringComparison.Ordinal);
        Assert.Equal(["Điểm có kết quả mà không có trạng thái", "Tệp bị mất hoặc bị sửa (SHA-256)"], card.FindAll("li span:not(.figure)").Select(Words));
        Assert.Equal(["2 lỗi", "tốt"], card.FindAll("li .figure").Select(Words));
        Assert.Equal("Ví dụ: 12, 31", Words(card.Find("li small")));
        Assert.Equal("bad", card.Find("li").ClassName);
    }

    [Fact]
    public void Progress_OfARestore_MarksTheStepAtWork()
    {
        var progress = Render<BackupProgress>(given => given.Add(one => one.Stage, BackupStage.Restoring).Add(one => one.Restoring, true));
        Assert.Equal("Khôi phục ra bên cạnh", Words(progress.Find("[aria-current=step]")));
        Assert.Equal(["Kiểm tra các tệp", "Đóng cổng trên mọi nút"], progress.FindAll(".past").Select(Words));
    }

    [Fact]
    public void Written_NothingSince_IsSaid() =>
        Assert.Contains("Không có gì được ghi sau bản sao lưu này.", Words(Render<WrittenCard>(given => given.Add(one => one.Written, new(At, [], []))).Find("p")), StringComparison.Ordinal);

    [Fact]
    public void Written_ByKind_ClosedWhereOnlyTheAuditTellsOfIt()
    {
        WrittenItem[] items = [new("desk", "1", At, "lan", "SONNMT", ["YC-7", "Không mở được", "2"]), new("rights", "2", At, "admin", "", ["account-locked", "hoa"])];
        var card = Render<WrittenCard>(given => given.Add(one => one.Written, new(At, items, [new("public.result", 120, 100)])));
        Assert.Equal([false, true], card.FindAll("details").Select(kind => kind.HasAttribute("open")));
        Assert.Contains("20 kết quả (hiện có 120, bản sao lưu có 100)", Words(card.Find(".losses")), StringComparison.Ordinal);
        Assert.Contains("YC-7 · Không mở được · 2 ghi chú", Words(card.Find("details[open] li")), StringComparison.Ordinal);
        Assert.Equal("SONNMT · lan · 30/11/2026 01:00", Words(card.Find("details[open] li .secondary")));
    }

    [Fact]
    public void Work_NobodyThere_IsSaid() =>
        Assert.Contains("Không có ai đang mở cổng.", Words(Render<WorkCard>(given => given.Add(one => one.Work, new([], [], 0, 0, [], []))).Find("section")), StringComparison.Ordinal);

    [Fact]
    public void Work_WhoIsThere_AndWhatRuns()
    {
        var work = new WorkNow([new("hoa", "Lê Hoa", "UBND Hạ Long", 2, At, At)], ["send-mail"], 1, 0, ["n1"], []);
        var lines = Render<WorkCard>(given => given.Add(one => one.Work, work)).FindAll("li").Select(Words).ToList();
        Assert.StartsWith("Lê Hoa (hoa) · UBND Hạ Long", lines[0], StringComparison.Ordinal);
        Assert.EndsWith("2 trang đang mở, từ 30/11/2026 01:00", lines[0], StringComparison.Ordinal);
        Assert.Equal(["Công việc tự động đang chạy: Gửi thư điện tử", "1 tệp đang kiểm tra hoặc chờ kiểm tra", "Nút đang phục vụ: n1"], lines.Skip(1));
    }

    private static BackupLine Line(string state) => new("2026-11-30", "daily", At, state, null, null, null, "", [], null, "", null, OnDisk: true);

    private string Evidence(BackupLine line)
    {
        var floats = Floats();
        floats.InvokeAsync(() => Services.GetRequiredService<IDialogService>().ShowAsync<BackupEvidence>("Bằng chứng", new DialogParameters<BackupEvidence> { { dialog => dialog.Line, line } }));
        return Words(floats.WaitForElement(".mud-dialog-content"));
    }

    private IStringLocalizer<T> Texts<T>() => Services.GetRequiredService<IStringLocalizer<T>>();
}
