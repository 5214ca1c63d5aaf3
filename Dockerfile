# Two stages: what is needed to build stays in the first. Dependencies are pinned by hash in requirements/. compose.yaml says how
# to pin the two images that this one is made of.
FROM python:3.11-slim-bookworm AS build
WORKDIR /build
COPY requirements requirements
RUN python -m venv tools && tools/bin/pip install --no-cache-dir --disable-pip-version-check \
        --require-hashes -r requirements/develop.txt
RUN python -m venv /opt/disposisi && /opt/disposisi/bin/pip install --no-cache-dir --disable-pip-version-check \
        --require-hashes -r requirements/run.txt
COPY pyproject.toml README.md LICENSE ./
COPY bot bot
COPY handlers handlers
COPY models models
RUN tools/bin/pip wheel --disable-pip-version-check --no-deps --no-build-isolation --wheel-dir wheels . \
    && /opt/disposisi/bin/pip install --disable-pip-version-check --no-deps --no-index wheels/*.whl \
    && /opt/disposisi/bin/pip uninstall --yes --quiet pip setuptools

FROM python:3.11-slim-bookworm
# pg_dump and pg_restore, for `disposisi backup` and `restore` on a PostgreSQL of up to this version.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends postgresql-client-15 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --uid 10001 --user-group --no-create-home --shell /usr/sbin/nologin disposisi \
    && install --directory --owner=disposisi --group=disposisi --mode=0700 /data /backups /files
COPY --from=build /opt/disposisi /opt/disposisi
ENV PATH=/opt/disposisi/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DATABASE_URL=sqlite:////data/disposisi.db \
    WEB_LISTEN=0.0.0.0:8080
USER disposisi
WORKDIR /data
VOLUME ["/data", "/backups", "/files"]
EXPOSE 8080
STOPSIGNAL SIGTERM
# Not with urllib, which would ask the proxy that http_proxy names.
# It answers before the tables or Telegram are waited for; the period is for a slow or busy machine.
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
    CMD ["python", "-c", "import http.client as h; c = h.HTTPConnection('127.0.0.1', 8080, timeout=4); c.request('GET', '/healthz'); raise SystemExit(c.getresponse().status != 200)"]
ENTRYPOINT ["disposisi"]
CMD ["run"]
