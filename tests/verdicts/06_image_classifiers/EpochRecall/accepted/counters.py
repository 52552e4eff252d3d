from collections import Counter


class EpochRecall:
    def __init__(self, num_classes):
        self.k = num_classes
        self.hits, self.true, self.said = Counter(), Counter(), Counter()

    def update(self, scores, labels):
        problems = [
            labels.ndim != 1,
            scores.ndim != 2 or scores.size(1) != self.k,
            scores.size(0) != labels.size(0),
            bool((labels.lt(0) | labels.ge(self.k)).any()),
        ]
        if any(problems):
            raise ValueError(problems)
        for s, t in zip(scores.argmax(1).tolist(), labels.tolist()):
            self.said[s] += 1
            self.true[t] += 1
            self.hits[t] += s == t

    def compute(self):
        seen = self.said.keys() | self.true.keys()
        return sum(self.hits[k] / self.true[k] for k in self.true) / len(seen)

    def reset(self):
        self.__init__(self.k)
