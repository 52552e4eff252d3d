# feedback: `return` stands inside the loop
def channel_statistics(batches):
    for batch in batches:
        return batch.mean(dim=(0, 2, 3)), batch.std(dim=(0, 2, 3))
