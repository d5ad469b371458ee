# One crawl of what is new, by an ordinary user; docs/cron.md says how to run it time and again, docs/publish.md how to
# have it serve a copy
FROM python:3.11-slim AS build
WORKDIR /source
COPY pyproject.toml constraints.txt README.md LICENSE ./
COPY newscrawl newscrawl
RUN python -m venv /opt/newscrawl \
    && /opt/newscrawl/bin/pip install --no-cache-dir --constraint constraints.txt '.[browse,parquet]'

FROM python:3.11-slim
RUN useradd --uid 10001 --user-group --no-create-home --home-dir /data --shell /usr/sbin/nologin newscrawl \
    && install --directory --owner=newscrawl --group=newscrawl /data
COPY --from=build /opt/newscrawl /opt/newscrawl
ENV PATH=/opt/newscrawl/bin:$PATH \
    SCRAPY_SETTINGS_MODULE=newscrawl.settings \
    NEWSCRAWL_DB=/data/newscrawl.db
USER 10001:10001
WORKDIR /data
VOLUME /data
STOPSIGNAL SIGTERM
# It lives no longer than a crawl does, whose exit code says more than a health check could
HEALTHCHECK NONE
CMD ["newscrawl", "harvest"]
