FROM python:3.11-slim AS build
WORKDIR /build
COPY requirements.lock requirements-build.lock ./
RUN python -m venv /credence \
    && /credence/bin/pip install --no-cache-dir --require-hashes --requirement requirements.lock \
    && pip install --no-cache-dir --require-hashes --requirement requirements-build.lock
COPY pyproject.toml README.md LICENSE ./
COPY src src
RUN pip wheel --no-deps --no-build-isolation --wheel-dir dist . \
    && /credence/bin/pip install --no-cache-dir --no-deps dist/*.whl \
    && /credence/bin/pip uninstall --yes pip setuptools

FROM python:3.11-slim
COPY --from=build /credence /credence
ENV PATH=/credence/bin:$PATH
RUN useradd --uid 1000 credence && install --directory --owner credence /data
USER credence
WORKDIR /data
ENTRYPOINT ["credence"]
