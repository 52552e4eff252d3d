def cross_correlate(image, kernel):
    # correlation theorem, in double precision; only the places without wrap-around are kept
    height, width = image.shape
    rows, columns = kernel.shape
    spectrum = torch.fft.fft2(image.double()) * torch.fft.fft2(kernel.double(), s=(height, width)).conj()
    everywhere = torch.fft.ifft2(spectrum).real
    return everywhere[: height - rows + 1, : width - columns + 1].float()
