# One image for web, worker, beat and migrate; compose.yaml says which command each runs.
FROM python:3.11-slim-bookworm AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PYTHONDONTWRITEBYTECODE=1
RUN python -m venv /opt/factcheck
COPY requirements.lock .
RUN /opt/factcheck/bin/pip install --no-cache-dir --require-hashes -r requirements.lock

FROM python:3.11-slim-bookworm
ENV PATH=/opt/factcheck/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    DJANGO_SETTINGS_MODULE=factcheck.settings FACTCHECK_VAR=/var/lib/factcheck
# Pango lays out the PDF of a check; the fonts have Cyrillic.
RUN apt-get update -qq && apt-get install -y -qq --no-install-recommends \
      libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core && rm -rf /var/lib/apt/lists/*
RUN useradd --system --home-dir /var/lib/factcheck --create-home factcheck
COPY --from=build /opt/factcheck /opt/factcheck
WORKDIR /srv/factcheck
COPY manage.py ./
COPY factcheck ./factcheck
COPY claims ./claims
COPY templates ./templates
RUN SECRET_KEY=only-for-this-step FACTCHECK_VAR=/tmp/build python manage.py compile_translations && rm -rf /tmp/build
# The signing key is shared by migrate, worker and web through a volume of its own, and so are exports.
RUN install -d -o factcheck -m 700 /var/lib/factcheck-keys /var/lib/factcheck-exports
ENV SIGNING_KEY_FILE=/var/lib/factcheck-keys/signing_key EXPORT_FOLDER=/var/lib/factcheck-exports
USER factcheck
# Static files are the same in every installation and belong into the image; the key is for this step only.
RUN SECRET_KEY=only-for-this-step python manage.py collectstatic --no-input --verbosity 0
EXPOSE 8000
STOPSIGNAL SIGTERM
CMD ["python", "-m", "granian", "--interface", "wsgi", "--host", "0.0.0.0", "--port", "8000", "--workers", "2", "--blocking-threads", "4", "--respawn-failed-workers", "factcheck.wsgi:application"]
