# The program alone: no compiler, no test tools, not root. Inside, it always listens on 8080.

FROM python:3.11-slim AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
RUN python -m venv /opt/satupintu
WORKDIR /src
# The packages change seldom and come first, so that a change of code builds in seconds.
COPY requirements/run.txt requirements/
RUN /opt/satupintu/bin/pip install --only-binary :all: --require-hashes -r requirements/run.txt
COPY . .
RUN /opt/satupintu/bin/pip install --no-deps . \
    && /opt/satupintu/bin/python -m compileall -q /opt/satupintu/lib \
    && /opt/satupintu/bin/pip uninstall -q -y pip setuptools

FROM python:3.11-slim
RUN useradd --system --uid 10001 --home-dir /var/lib/satupintu --create-home satupintu
COPY --from=build /opt/satupintu /opt/satupintu
# The district is data: mount another folder over it, or set SATUPINTU_DISTRICT.
COPY districts /etc/satupintu/districts
ENV PATH=/opt/satupintu/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    SATUPINTU_DATA_DIR=/var/lib/satupintu \
    SATUPINTU_DISTRICT=/etc/satupintu/districts/contoh \
    SATUPINTU_HOST=0.0.0.0 \
    SATUPINTU_LOG_FORMAT=json
WORKDIR /var/lib/satupintu
USER 10001
VOLUME /var/lib/satupintu
EXPOSE 8080
HEALTHCHECK --interval=15s --timeout=3s --start-period=10s --retries=3 \
    CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8080/healthz', timeout=2)"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["satupintu"]
CMD ["serve"]
