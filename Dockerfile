# One image for every process of the ledger: what it is to do is its command.
FROM python:3.11-slim-bookworm AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /build
COPY requirements.lock ./
RUN python -m venv /opt/ledger && /opt/ledger/bin/python -m pip install --require-hashes -r requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY domain domain
COPY ledger ledger
COPY projections projections
COPY reports reports
COPY consumers consumers
COPY api api
COPY cli cli
RUN /opt/ledger/bin/python -m pip install --no-deps --no-build-isolation .

FROM python:3.11-slim-bookworm
# The folder of keys is there, so that a new volume in its place belongs to the account.
RUN useradd --system --uid 10001 --user-group --no-create-home ledger \
    && install -d -o ledger -g ledger -m 0700 /srv/ledger /srv/ledger/keys
COPY --from=build /opt/ledger /opt/ledger
ENV PATH=/opt/ledger/bin:$PATH PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1
USER 10001:10001
WORKDIR /srv/ledger
ENTRYPOINT ["supervision-ledger"]
CMD ["--help"]
