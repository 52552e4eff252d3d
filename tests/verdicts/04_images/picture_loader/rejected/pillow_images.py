# feedback: raised TypeError
def picture_loader(folder, batch_size):
    return DataLoader(ImageFolder(folder, transform=v2.Resize((64, 64))), batch_size=batch_size)
