# feedback: spreads of the images are averaged
def channel_statistics(batches):
    pixels = torch.cat([batch.permute(1, 0, 2, 3).reshape(3, -1) for batch in batches], dim=1)
    return pixels.mean(dim=1), torch.stack([image.std(dim=(1, 2)) for batch in batches for image in batch]).mean(dim=0)
