"""`python -m eval.adapt`: teach the bundled embedding model how people ask, from questions about other plans.

The model was made for web text; people ask a plan in words that it does not use. Low-rank updates of its upper layers
(LoRA) are trained so that a question comes near the sentence that answers it and stays away from the others of the same
plan, for the vector of the whole and for the pieces (late interaction) alike, and so that the likeness itself tells
whether there is an answer: the best sentence for an unanswerable question is pushed below a learned level. Nothing of
the plan that is served is used, nor of the plans held out, whose pairs tell how the model does before and after. Writes
`index/adapter.safetensors`; indexes and calibration are made anew after it.

About an hour on one core: what the lower layers, which stay as they are, make of a text is computed once.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import torch
import typer
from torch import Tensor, nn
from torch.nn import functional

from eval.other_plans import HELD_OUT, OtherPlan, other_plans
from eval.writing import write_atomically
from index.bundled import ADAPTER, MODEL_NAME, bundled_model

RANK = 16
FIRST_LAYER = 6
"""Layers below stay as they are."""
TEMPERATURE = 0.03
"""Of the softmax over the sentences of a batch."""
_QUESTIONS, _FURTHER, _UNANSWERABLE, _FOREIGN = 24, 12, 8, 4
"""In a batch: questions with their sentences, further sentences of the same plan, unanswerable questions, questions about
other plans."""
_RATE, _HEAD_RATE = 4e-4, 1e-2
_LONGEST, _TOGETHER = 160, 16
"""Pieces of a text at most; texts in one pass through the layers."""


class LowRank(nn.Module):
    """A linear layer with a low-rank update: x W + x (b a)."""

    def __init__(self, base: nn.Linear, rank: int) -> None:
        super().__init__()
        self.base = base
        self.a = nn.Parameter(torch.randn(rank, base.in_features) / base.in_features**0.5)
        self.b = nn.Parameter(torch.zeros(base.out_features, rank))

    def forward(self, x: Tensor) -> Tensor:
        """Return (…, outputs) for (…, inputs)."""
        out: Tensor = self.base(x) + (x @ self.a.T) @ self.b.T
        return out


class Level(nn.Module):
    """Turns a likeness into the logit of being an answer, for whole vectors (0) and for pieces (1)."""

    def __init__(self) -> None:
        super().__init__()
        self.middle = nn.Parameter(torch.full((2,), float("nan")))
        self.steepness = nn.Parameter(torch.log(torch.full((2,), 50.0)))

    def forward(self, likeness: Tensor, kind: int) -> Tensor:
        """Return the logits of `likeness`."""
        return self.steepness[kind].exp() * (likeness - self.middle[kind])


@dataclass(frozen=True)
class Encodings:
    """Texts as the model sees them.

    Attributes:
        vectors: (n, dimension), rows of length 1.
        pieces: (n, longest, dimension), rows of length 1.
        kept: (n, longest), 1 for the pieces of the text itself, without prompt and marks.
    """

    vectors: Tensor
    pieces: Tensor
    kept: Tensor


class Trainee:
    """The bundled model with updates that can be trained."""

    def __init__(self) -> None:
        from transformers import AutoModel, AutoTokenizer

        folder = str(bundled_model(MODEL_NAME))
        torch.manual_seed(0)
        self.tokenizer: Any = AutoTokenizer.from_pretrained(folder)
        self.model: Any = AutoModel.from_pretrained(folder, dtype=torch.float32)
        for parameter in self.model.parameters():
            parameter.requires_grad = False
        for layer in self.model.encoder.layer[FIRST_LAYER:]:
            attention = layer.attention.self
            attention.query, attention.key, attention.value = (
                LowRank(part, RANK) for part in (attention.query, attention.key, attention.value)
            )
            for block in (layer.attention.output, layer.intermediate, layer.output):
                block.dense = LowRank(block.dense, RANK)
        for module in self.model.modules():
            if isinstance(module, nn.Dropout):
                module.p = 0.05
        self._below: dict[tuple[bool, str], Tensor] = {}
        self.prompts = {
            query: len(self.tokenizer(prompt.rstrip())["input_ids"]) - 1
            for query, prompt in ((True, "query: "), (False, "passage: "))
        }

    def encode(self, texts: Sequence[str], *, query: bool) -> Encodings:
        """Return the encodings of `texts`, cut as `index.embedder` cuts them."""
        self._read(texts, query=query)
        below = [self._below[query, text].float() for text in texts]
        longest = max(map(len, below))
        hidden, kept = torch.zeros(len(texts), longest, below[0].shape[1]), torch.zeros(len(texts), longest)
        for places in _batched(range(len(texts)), [len(one) for one in below]):
            batch = nn.utils.rnn.pad_sequence([below[place] for place in places], batch_first=True)
            mask = nn.utils.rnn.pad_sequence([torch.ones(len(below[place])) for place in places], batch_first=True)
            above = self._through(self.model.encoder.layer[FIRST_LAYER:], batch, mask)
            where = torch.tensor(places)
            hidden = hidden.index_copy(0, where, functional.pad(above, (0, 0, 0, longest - above.shape[1])))
            kept[where, : mask.shape[1]] = mask
        vectors = (hidden * kept[..., None]).sum(1) / kept.sum(1, keepdim=True)
        own = kept.clone()
        own[:, : self.prompts[query]] = 0
        own[torch.arange(len(texts)), kept.sum(1).long() - 1] = 0
        return Encodings(functional.normalize(vectors, dim=-1), functional.normalize(hidden, dim=-1), own)

    def _read(self, texts: Sequence[str], *, query: bool) -> None:
        """Keep what the lower layers, which are not trained, make of each text: float16 (pieces, dimension)."""
        fresh = [text for text in dict.fromkeys(texts) if (query, text) not in self._below]
        prompt = "query: " if query else "passage: "
        for places in _batched(range(len(fresh)), [len(text) for text in fresh]):
            batch = self.tokenizer(
                [prompt + fresh[place] for place in places], padding=True, truncation=True, max_length=_LONGEST, return_tensors="pt"
            )
            with torch.no_grad():
                embedded = self.model.embeddings(batch["input_ids"])
                below = self._through(self.model.encoder.layer[:FIRST_LAYER], embedded, batch["attention_mask"].float())
            for place, rows, count in zip(places, below, batch["attention_mask"].sum(1), strict=True):
                self._below[query, fresh[place]] = rows[:count].half().clone()

    @staticmethod
    def _through(layers: Any, hidden: Tensor, mask: Tensor) -> Tensor:
        """Return (texts, longest, dimension) after `layers`; `mask` (texts, longest) is 1 for pieces and 0 for padding."""
        blocked = (1 - mask[:, None, None, :]) * -1e9
        for layer in layers:
            out = layer(hidden, blocked)
            hidden = out[0] if isinstance(out, tuple) else out
        return hidden

    def updates(self) -> dict[str, Tensor]:
        """Return the updates by the name of the module, float16."""
        named = ((name, module) for name, module in self.model.named_modules() if isinstance(module, LowRank))
        return {
            f"{name}.{side}": getattr(module, side).detach().half().contiguous()
            for name, module in named for side in "ab"
        }  # fmt: skip


def _batched(places: Sequence[int], lengths: Sequence[int]) -> list[list[int]]:
    """Return `places` in batches of texts of like length, so that little is padding."""
    order = sorted(places, key=lambda place: lengths[place])
    return [order[first : first + _TOGETHER] for first in range(0, len(order), _TOGETHER)]


def likenesses(questions: Encodings, sentences: Encodings) -> tuple[Tensor, Tensor]:
    """Return (q, s) cosines of the whole, and (q, s) mean over a question's pieces of their best match (MaxSim)."""
    each = torch.einsum("qie,sje->qsij", questions.pieces, sentences.pieces)
    best = each.masked_fill(sentences.kept[None, :, None, :] == 0, -1).amax(-1)
    counts = questions.kept.sum(1).clamp(min=1)
    return questions.vectors @ sentences.vectors.T, (best * questions.kept[:, None, :]).sum(-1) / counts[:, None]


def batch_loss(
    trainee: Trainee, level: Level, plan: OtherPlan, others: Sequence[OtherPlan], chance: random.Random
) -> Tensor:
    """Return the loss of one batch from one plan: right sentence first, and no sentence for what has no answer.

    Questions about `others` have no answer in `plan`.
    """
    chosen: dict[int, str] = {}
    for question, row in chance.sample(plan.pairs, min(len(plan.pairs), 2 * _QUESTIONS)):
        if len(chosen) < _QUESTIONS:
            chosen.setdefault(row, question)
    rest = [row for row in range(len(plan.sentences)) if row not in chosen]
    rows = [*chosen, *chance.sample(rest, min(_FURTHER, len(rest)))]
    none = chance.sample(plan.unanswerable, min(_UNANSWERABLE, len(plan.unanswerable)))
    foreign = [question for other in others if other is not plan for question, _ in other.pairs]
    none += chance.sample(foreign, min(_FOREIGN, len(foreign)))
    questions = trainee.encode([*chosen.values(), *none], query=True)
    sentences = trainee.encode([plan.sentences[row] for row in rows], query=False)
    count = len(chosen)
    right = torch.arange(count)
    weight = torch.ones(count + len(none))
    weight[:count] = 0.5
    loss = torch.zeros(())
    for kind, likeness in enumerate(likenesses(questions, sentences)):
        apart = likeness.clone()
        apart[right, right] = -1
        wrong, answer = apart.amax(1), likeness[right, right]
        if level.middle[kind].isnan():
            level.middle.data[kind] = (answer.mean() + wrong.mean()).detach() / 2
        loss = loss + functional.cross_entropy(likeness[:count] / TEMPERATURE, right)
        loss = loss + functional.softplus(-level(answer, kind)).mean()
        loss = loss + (functional.softplus(level(wrong, kind)) * weight).sum() / weight.sum()
    return loss


def train(trainee: Trainee, plans: Sequence[OtherPlan], steps: int) -> None:
    """Train the updates; a batch is of one plan, drawn by how many pairs it has. Prints the loss every ten steps."""
    chance, level = random.Random(0), Level()
    trained = [parameter for parameter in trainee.model.parameters() if parameter.requires_grad]
    groups: list[dict[str, Any]] = [{"params": trained}, {"params": level.parameters(), "lr": _HEAD_RATE}]
    optimizer = torch.optim.AdamW(groups, lr=_RATE, weight_decay=0.01)
    warm = max(1, steps // 10)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / warm, max(0.0, (steps - step) / (steps - warm + 1)))
    )
    trainee.model.train()
    losses: list[float] = []
    for step in range(1, steps + 1):
        (plan,) = chance.choices(plans, [len(one.pairs) for one in plans])
        loss = batch_loss(trainee, level, plan, plans, chance)
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(trained, 1.0)
        optimizer.step()
        schedule.step()
        losses.append(float(loss.detach()))
        if step % 10 == 0:
            typer.echo(f"step {step} of {steps}: loss {np.mean(losses[-10:]):.3f}")
    trainee.model.eval()


def first_shares(trainee: Trainee, plan: OtherPlan) -> tuple[float, float]:
    """Return the share of a plan's pairs whose sentence is the nearest of all, by whole vectors and by pieces."""
    hits = np.zeros(2)
    with torch.no_grad():
        sentences = trainee.encode(plan.sentences, query=False)
        for first in range(0, len(plan.pairs), 16):
            pairs = plan.pairs[first : first + 16]
            rows = torch.tensor([row for _, row in pairs])
            found = likenesses(trainee.encode([question for question, _ in pairs], query=True), sentences)
            hits += [float((likeness.argmax(1) == rows).sum()) for likeness in found]
    return float(hits[0] / len(plan.pairs)), float(hits[1] / len(plan.pairs))


def adapt(
    steps: Annotated[int, typer.Option(help="Batches.", min=10)] = 1050,
    out: Annotated[Path, typer.Option(help="Where the updates go.")] = ADAPTER,
) -> None:
    """Train the updates, tell how they do on the plans held out, and write them."""
    from safetensors.torch import save

    plans = other_plans()
    trainee = Trainee()
    held = [plan for plan in plans if plan.name in HELD_OUT and plan.pairs]
    before = {plan.name: first_shares(trainee, plan) for plan in held}
    train(trainee, [plan for plan in plans if plan.name not in HELD_OUT], steps)
    for plan in held:
        whole, pieces = first_shares(trainee, plan)
        typer.echo(
            f"{plan.name}, n={len(plan.pairs)}: right sentence first by whole vectors {before[plan.name][0]:.3f}, now {whole:.3f}; "
            f"by pieces {before[plan.name][1]:.3f}, now {pieces:.3f}"
        )
    write_atomically(out, save(trainee.updates()))
    typer.echo(str(out))


if __name__ == "__main__":
    typer.run(adapt)
