# feedback: loader shuffles
def picture_loader(folder, batch_size):
    pipeline = v2.Compose([v2.Resize((64, 64)), v2.ToImage(), v2.ToDtype(torch.float32, scale=True)])
    return DataLoader(ImageFolder(folder, transform=pipeline), batch_size=batch_size, shuffle=True)
