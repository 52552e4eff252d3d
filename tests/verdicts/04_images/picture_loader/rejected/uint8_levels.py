# feedback: wrong dtype | levels are not converted
def picture_loader(folder, batch_size):
    pipeline = v2.Compose([v2.Resize((64, 64)), v2.ToImage()])
    return DataLoader(ImageFolder(folder, transform=pipeline), batch_size=batch_size)
