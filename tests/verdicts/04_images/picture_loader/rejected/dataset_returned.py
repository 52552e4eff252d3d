# feedback: should be a DataLoader
def picture_loader(folder, batch_size):
    pipeline = v2.Compose([v2.Resize((64, 64)), v2.ToImage(), v2.ToDtype(torch.float32, scale=True)])
    return ImageFolder(folder, transform=pipeline)
