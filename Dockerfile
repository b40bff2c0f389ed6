# The library; with --build-arg EXTRA=server the bureau, too (docs/how-to/run-the-bureau.md).
FROM python:3.11-slim AS build
ARG EXTRA=
WORKDIR /build
# The lock of development holds every extra; of it only what EXTRA needs is installed.
COPY requirements.lock requirements-dev.lock requirements-build.lock ./
RUN python -m venv /credence \
    && /credence/bin/pip install --no-cache-dir --require-hashes --requirement requirements.lock \
    && pip install --no-cache-dir --require-hashes --requirement requirements-build.lock
COPY pyproject.toml README.md LICENSE ./
COPY src src
RUN pip wheel --no-deps --no-build-isolation --wheel-dir dist . \
    && /credence/bin/pip install --no-cache-dir --no-deps dist/*.whl \
    && sed '/^ *--hash/d; /^ *#/d; s/ *\\$//' requirements-dev.lock > versions.txt \
    && if [ -n "$EXTRA" ]; then /credence/bin/pip install --no-cache-dir --constraint versions.txt \
        "credence[$EXTRA] @ file://$(ls "$PWD"/dist/*.whl)"; fi \
    && /credence/bin/pip uninstall --yes pip setuptools

FROM python:3.11-slim
COPY --from=build /credence /credence
ENV PATH=/credence/bin:$PATH
RUN useradd --uid 1000 credence && install --directory --owner credence /data
USER credence
WORKDIR /data
ENTRYPOINT ["credence"]
