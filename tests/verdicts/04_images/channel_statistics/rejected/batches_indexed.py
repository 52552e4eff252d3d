# feedback: looped over
def channel_statistics(batches):
    pixels = torch.cat([batches[n].permute(1, 0, 2, 3).reshape(3, -1) for n in range(len(batches))], dim=1)
    return pixels.mean(dim=1), pixels.std(dim=1)
