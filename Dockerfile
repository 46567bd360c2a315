# The mail room in a container: docs/install.md, "In a container". The first stage builds, the second one runs.
FROM python:3.11-slim-bookworm AS build

WORKDIR /src
RUN python -m venv /opt/mailroom
# The locked packages first: they change seldom, and this layer is kept while they do not.
COPY requirements/run.txt requirements/run.txt
RUN /opt/mailroom/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes -r requirements/run.txt
COPY LICENSE README.md pyproject.toml hatch_build.py package.json package-lock.json .npmrc config.example.toml ./
COPY ingest ingest
COPY parsers parsers
COPY records records
COPY notifications notifications
COPY scheduler scheduler
COPY web web
COPY mailroom mailroom
# Compiles the pages' assets too; Node comes as a Python package and stays behind in this stage.
RUN /opt/mailroom/bin/pip install --no-cache-dir --disable-pip-version-check --no-deps .

FROM python:3.11-slim-bookworm

RUN groupadd --system --gid 990 mailroom \
    && useradd --system --uid 990 --gid mailroom --home-dir /data --shell /usr/sbin/nologin mailroom \
    && install -d -o mailroom -g mailroom -m 0700 /data
COPY --from=build /opt/mailroom /opt/mailroom

ENV PATH=/opt/mailroom/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    MAILROOM_CONFIG=/data/config.toml \
    MAILROOM_INGEST__HOST=0.0.0.0 \
    MAILROOM_WEB__HOST=0.0.0.0 \
    MAILROOM_MAILROOM__LOG_FORMAT=json

USER 990:990
WORKDIR /data
VOLUME /data
EXPOSE 2525 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=15s --start-period=60s CMD ["mailroom", "healthcheck"]
ENTRYPOINT ["mailroom"]
CMD ["serve"]
