# The page in a container: no network is needed once it is built.
#   docker build -t planqa .
#   docker run --rm -p 7860:7860 -v planqa-cache:/home/planqa/.cache planqa
FROM python:3.11-slim AS build
WORKDIR /app
COPY pyproject.toml constraints.txt README.md LICENSE ./
COPY index index
COPY qa qa
COPY eval eval
COPY page page
COPY plans plans
COPY app.py ./
RUN python -m venv /venv && /venv/bin/pip install --no-cache-dir -c constraints.txt .

FROM python:3.11-slim
RUN useradd --create-home --uid 10001 planqa
COPY --from=build /venv /venv
WORKDIR /app
COPY --chown=planqa:planqa . /app
USER planqa
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 GRADIO_ANALYTICS_ENABLED=False HF_HUB_OFFLINE=1
# The model's folder and the index are made here, so that the first start is like every other.
RUN python -m index
EXPOSE 7860
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
    CMD ["python", "-c", "import json, urllib.request as u; assert json.load(u.urlopen('http://127.0.0.1:7860/health'))['state'] == 'ready'"]
ENTRYPOINT ["python", "app.py", "--host", "0.0.0.0"]
