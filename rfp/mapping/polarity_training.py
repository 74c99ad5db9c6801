"""Fine-tune the sentence encoder to say what a yes would say. Needs torch, which only the building of the network has.

The network is a function of its named weights, which keep the names of the published file, so that what was trained is
written out by the same code as the encoder itself.
"""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass

import torch
from tokenizers import Tokenizer
from torch.nn import functional

HEADS, LAYERS, WIDTH = 12, 6, 384
BATCH, DROPOUT, SMOOTHING, DECAY = 16, 0.1, 0.05, 0.01
RATE, HEAD_RATE, WARM_UP = 5e-5, 1e-3, 0.06

Weights = dict[str, torch.Tensor]
Labelled = tuple[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """``real`` questions are seen once an epoch, as many as ``share`` of their number made up beside them."""

    real: Sequence[Labelled]
    made_up: Sequence[Labelled]
    share: float
    epochs: int


def classify(weights: Weights, ids: torch.Tensor, mask: torch.Tensor, *, dropout: float = 0.0) -> torch.Tensor:
    """Return the scores of the three polarities for a batch of token IDS."""

    def linear(x: torch.Tensor, name: str) -> torch.Tensor:
        return functional.linear(x, weights[name + ".weight"], weights[name + ".bias"])

    def normalise(x: torch.Tensor, name: str) -> torch.Tensor:
        return functional.layer_norm(x, (WIDTH,), weights[name + ".weight"], weights[name + ".bias"], 1e-12)

    def drop(x: torch.Tensor) -> torch.Tensor:
        return functional.dropout(x, dropout, dropout > 0)

    x = weights["embeddings.word_embeddings.weight"][ids]
    x = x + weights["embeddings.position_embeddings.weight"][: ids.shape[1]]
    x = drop(normalise(x + weights["embeddings.token_type_embeddings.weight"][0], "embeddings.LayerNorm"))
    seen = mask[:, None, None, :].bool()
    for layer in range(LAYERS):
        name = f"encoder.layer.{layer}."
        parts = [linear(x, f"{name}attention.self.{part}") for part in ("query", "key", "value")]
        query, key, value = (part.unflatten(-1, (HEADS, -1)).transpose(1, 2) for part in parts)
        mixed = functional.scaled_dot_product_attention(query, key, value, attn_mask=seen, dropout_p=dropout)
        mixed = linear(mixed.transpose(1, 2).flatten(2), name + "attention.output.dense")
        x = normalise(x + drop(mixed), name + "attention.output.LayerNorm")
        wide = functional.gelu(linear(x, name + "intermediate.dense"))
        x = normalise(x + drop(linear(wide, name + "output.dense")), name + "output.LayerNorm")
    kept = mask[..., None].float()
    return linear(drop((x * kept).sum(1) / kept.sum(1)), "head")


def train(published: Weights, lesson: Lesson, tokenizer: Tokenizer, *, seed: int) -> Weights:
    """Return PUBLISHED weights fine-tuned by LESSON; word vectors stay as they were."""
    torch.manual_seed(seed)
    chance = random.Random(seed)  # noqa: S311 - order of learning, no secret
    weights = {name: value.detach().clone().float() for name, value in published.items()}
    weights["head.weight"], weights["head.bias"] = torch.randn(3, WIDTH) * 0.02, torch.zeros(3)
    learnt = [n for n in weights if not n.startswith("embeddings.") or "LayerNorm" in n]
    for name in learnt:
        weights[name].requires_grad_(True)
    head = [weights[name] for name in learnt if name.startswith("head.")]
    body = [weights[name] for name in learnt if not name.startswith("head.")]
    optimizer = torch.optim.AdamW([{"params": body, "lr": RATE}, {"params": head, "lr": HEAD_RATE}], weight_decay=DECAY)
    batches = [batch for _ in range(lesson.epochs) for batch in _epoch(lesson, chance)]
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: _rate(step, len(batches)))
    counts = torch.bincount(torch.tensor([label for _, label in lesson.real]), minlength=3)
    rarity = (counts.sum() / (3 * counts)).sqrt()
    for batch in batches:
        ids, mask = tokens([text for text, _ in batch], tokenizer)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            scores = classify(weights, ids, mask, dropout=DROPOUT).float()
        wanted = torch.tensor([label for _, label in batch])
        loss = functional.cross_entropy(scores, wanted, weight=rarity, label_smoothing=SMOOTHING)
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(body + head, 1.0)
        optimizer.step()
        schedule.step()
    return {name: value.detach() for name, value in weights.items()}


def read(weights: Weights, texts: Sequence[str], tokenizer: Tokenizer) -> torch.Tensor:
    """Return the logarithms of the probabilities of the three polarities of each text."""
    with torch.no_grad():
        return torch.cat([functional.log_softmax(classify(weights, *tokens([text], tokenizer)), 1) for text in texts])


def tokens(texts: Sequence[str], tokenizer: Tokenizer) -> tuple[torch.Tensor, torch.Tensor]:
    """Return the token ids of TEXTS, filled up to the longest, and which of them count."""
    rows = [encoding.ids for encoding in tokenizer.encode_batch(list(texts))]
    longest = max(map(len, rows))
    ids = torch.tensor([row + [0] * (longest - len(row)) for row in rows])
    mask = torch.tensor([[1] * len(row) + [0] * (longest - len(row)) for row in rows])
    return ids, mask


def _epoch(lesson: Lesson, chance: random.Random) -> list[list[Labelled]]:
    """Return the batches of one pass, texts of like length together, for they cost least."""
    count = min(len(lesson.made_up), int(lesson.share * len(lesson.real)))
    questions = [*lesson.real, *chance.sample(list(lesson.made_up), count)]
    chance.shuffle(questions)
    near = [
        sorted(questions[at : at + 8 * BATCH], key=lambda q: len(q[0])) for at in range(0, len(questions), 8 * BATCH)
    ]
    batches = [block[at : at + BATCH] for block in near for at in range(0, len(block), BATCH)]
    chance.shuffle(batches)
    return batches


def _rate(step: int, steps: int) -> float:
    """Return the share of the full rate: rising at first, then falling to nothing."""
    return min((step + 1) / math.ceil(WARM_UP * steps), (steps - step) / (steps * (1 - WARM_UP)), 1.0)
