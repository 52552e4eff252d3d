# feedback: middle of each picture is cut out
def picture_loader(folder, batch_size):
    pipeline = v2.Compose([v2.ToImage(), v2.ToDtype(torch.float32, scale=True), v2.CenterCrop(64)])
    return DataLoader(ImageFolder(folder, transform=pipeline), batch_size=batch_size)
