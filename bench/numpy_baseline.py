#!/usr/bin/env python3
"""The baseline of compare.sh: exact MF-TRPO on the crowd grid as one would write it with NumPy and SciPy, vectorised and plain.

usage: numpy_baseline.py [--map FILE | --empty N] [--outer K] [--inner L] [--eta X] [--gamma X] [--beta X] [--steps M]
needs Debian's python3-numpy and python3-scipy (/usr/bin/python3). Prints one JSON line. Dense up to 400 states, sparse LU beyond.
"""
import argparse, json, time
import numpy as np


def crowd(cells, targets, slip):
    idx = {c: k for k, c in enumerate(cells)}
    S = len(cells)
    nxt = np.array([[idx.get((i + a, j + b), k) for a, b in ((0, 0), (-1, 0), (1, 0), (0, -1), (0, 1))] for k, (i, j) in enumerate(cells)])
    dist = np.full(S, -1)
    queue = [idx[t] for t in targets]
    dist[queue] = 0
    for s in queue:
        for t in nxt[s]:
            if dist[t] < 0:
                dist[t] = dist[s] + 1
                queue.append(t)
    return nxt, 1 - dist / max(1, dist.max())


def largest_component(cells):
    free, best, seen = set(cells), [], set()
    for s in cells:
        if s in seen:
            continue
        part, stack = [], [s]
        seen.add(s)
        while stack:
            i, j = stack.pop()
            part.append((i, j))
            for t in ((i, j + 1), (i + 1, j), (i, j - 1), (i - 1, j)):
                if t in free and t not in seen:
                    seen.add(t)
                    stack.append(t)
        best = max(best, part, key=len)
    return sorted(best)


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("--map"); ap.add_argument("--empty", type=int, default=5)
    ap.add_argument("--outer", type=int, default=200); ap.add_argument("--inner", type=int, default=10)
    ap.add_argument("--eta", type=float, default=0.05); ap.add_argument("--gamma", type=float, default=0.9)
    ap.add_argument("--beta", type=float, default=0.1); ap.add_argument("--steps", type=int, default=10)
    ap.add_argument("--slip", type=float, default=0.1); ap.add_argument("--congestion", type=float, default=1.0)
    o = ap.parse_args()
    if o.map:
        rows = [l for l in open(o.map).read().split("\n")[4:] if l]
        cells = largest_component([(i, j) for i, l in enumerate(rows) for j, c in enumerate(l) if c in ".GS"])
    else:
        cells = [(i, j) for i in range(o.empty) for j in range(o.empty)]
    target = max(cells, key=lambda c: (c[0] + c[1], c[0]))
    nxt, base = crowd(cells, [target], o.slip)
    S, A = nxt.shape
    dense = S <= 400
    if not dense:
        import scipy.sparse as sp
        import scipy.sparse.linalg as spl
    rowsS = np.repeat(np.arange(S), A)
    I = np.eye(S) if dense else sp.identity(S, format="csc")
    keep = 1 - o.slip

    def expect(V):  # (S, A) expected next value
        g = V[nxt]
        return keep * g + o.slip * g.mean(1, keepdims=True)

    def kernel(pi):
        w = keep * pi + o.slip / A
        if dense:
            P = np.zeros((S, S)); np.add.at(P, (rowsS, nxt.ravel()), w.ravel()); return P
        return sp.csc_matrix((w.ravel(), (rowsS, nxt.ravel())), shape=(S, S))

    mu = np.full(S, 1 / S); logits = np.zeros((S, A)); evals = 0
    start = time.perf_counter()
    for _ in range(o.outer):
        r = (base - o.congestion * mu)[:, None]
        for l in range(o.inner):
            z = logits - logits.max(1, keepdims=True)
            e = np.exp(z); s = e.sum(1, keepdims=True); pi = e / s; logp = z - np.log(s)
            rp = (pi * (r - o.eta * logp)).sum(1)
            M = I - o.gamma * kernel(pi)
            V = np.linalg.solve(M, rp) if dense else spl.splu(M.tocsc(), permc_spec="MMD_AT_PLUS_A").solve(rp)
            t = 1 / (o.eta * (l + 2))
            logits = (1 - o.eta * t) * logp + t * (r + o.gamma * expect(V))
            evals += 1
        z = logits - logits.max(1, keepdims=True); pi = np.exp(z); pi /= pi.sum(1, keepdims=True)
        P = kernel(pi); new = mu
        for _ in range(o.steps):
            new = new @ P if dense else P.T @ new
        mu = mu + o.beta * (new - mu)
    sec = time.perf_counter() - start
    print(json.dumps(dict(states=S, pairs=S * A, inner_iterations=evals, seconds=sec, microseconds_per_inner=1e6 * sec / evals, max_mean_field=float(mu.max()))))


if __name__ == "__main__":
    main()
