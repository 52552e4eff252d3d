# feedback: spreads of the batches are averaged
def channel_statistics(batches):
    pixels = torch.cat([batch.permute(1, 0, 2, 3).reshape(3, -1) for batch in batches], dim=1)
    return pixels.mean(dim=1), torch.stack([batch.std(dim=(0, 2, 3)) for batch in batches]).mean(dim=0)
