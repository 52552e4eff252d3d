import math


class Batches:
    def __init__(self, parts, size, generator):
        self.parts, self.size = parts, size
        self.order = torch.randperm(parts[0].size(0), generator=generator)

    def __len__(self):
        return math.ceil(len(self.order) / self.size)

    def __iter__(self):
        for rows in self.order.split(self.size):
            yield [part[rows] for part in self.parts]


def paired_batches(images, alphabets, labels, batch_size, generator):
    return Batches((images, alphabets, labels), batch_size, generator)
