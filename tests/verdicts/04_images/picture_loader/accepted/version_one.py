def picture_loader(folder, batch_size):
    pipeline = transforms.Compose([transforms.ToTensor(), transforms.Resize((64, 64))])
    return DataLoader(ImageFolder(str(folder), pipeline), batch_size, shuffle=False, drop_last=False)
