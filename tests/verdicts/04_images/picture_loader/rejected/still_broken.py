# feedback: different sizes into a batch
def picture_loader(folder, batch_size):
    broken = v2.Compose([v2.RandomHorizontalFlip(), v2.Resize(64), v2.ToImage(), v2.ToDtype(torch.float32)])
    return DataLoader(ImageFolder(folder, transform=broken), batch_size=batch_size, shuffle=True)
