# The portal alone: the database is another container (deploy/compose.yml).
# The official images of the .NET 10 SDK and runtime, under whatever name this machine has them:
#   docker build --build-arg SDK=… --build-arg RUNTIME=… -t quantrac-portal .
ARG SDK=dotnet-sdk:10.0
ARG RUNTIME=dotnet-aspnet:10.0

FROM node:20-bookworm-slim AS node

FROM ${SDK} AS build
COPY --from=node /usr/local/bin/node /usr/local/bin/
COPY --from=node /usr/local/lib/node_modules /usr/local/lib/node_modules
RUN ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm \
 && ln -s ../lib/node_modules/npm/bin/npx-cli.js /usr/local/bin/npx
WORKDIR /source
COPY . .
RUN dotnet publish Portal -c Release -o /app --nologo \
 && cp -r migrations seed NOTICE /app/

FROM ${RUNTIME}
# Not on a runtime behind published advisories: the least version stands in one file, which `doctor` reads too.
COPY --from=build /source/Portal/Commands/Diagnosis/least_versions.csv /usr/local/share/
RUN least=$(sed -n 's/^dotnet,10\.0,\([^,]*\),.*/\1/p' /usr/local/share/least_versions.csv) \
 && found=$(dotnet --list-runtimes | sed -n 's/^Microsoft\.NETCore\.App \([^ ]*\) .*/\1/p' | sort -V | tail -1) \
 && if [ "$(printf '%s\n' "$least" "$found" | sort -V | head -1)" != "$least" ]; then \
      echo "The image has .NET $found; at least $least is needed: --build-arg RUNTIME=…" >&2; exit 1; fi
# The typeface of what the portal prints, GDAL for Shapefiles, and pg_dump and pg_restore of the database's version or a newer one.
RUN apt-get update && apt-get install -y --no-install-recommends fonts-liberation2 gdal-bin postgresql-client && rm -rf /var/lib/apt/lists/*
# The data folder belongs to the image's unprivileged user; a new volume takes over its owner.
RUN install -d -o $APP_UID -g $APP_UID -m 0700 /data
COPY --from=build /app /app
WORKDIR /app
USER $APP_UID
ENV QUANTRAC_DATA=/data QUANTRAC_LISTEN=0.0.0.0
VOLUME /data
EXPOSE 5080
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s \
    CMD bash -c 'exec 3<>/dev/tcp/127.0.0.1/5080 && printf "GET /healthz HTTP/1.0\r\n\r\n" >&3 && grep -q "200 OK" <&3'
ENTRYPOINT ["dotnet", "QuanTrac.Portal.dll"]
CMD ["serve", "--empty"]
