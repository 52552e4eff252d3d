# feedback: multiply the columns
def gru_jacobian(x, h, W_ih, W_hh, b_ih, b_hh):
    x_r, x_z, x_n = (W_ih @ x + b_ih).chunk(3)
    h_r, h_z, h_n = (W_hh @ h + b_hh).chunk(3)
    U_r, U_z, U_n = W_hh.chunk(3)
    r, z = torch.sigmoid(x_r + h_r), torch.sigmoid(x_z + h_z)
    n = torch.tanh(x_n + r * h_n)
    dr = r * (1 - r) * U_r
    dz = z * (1 - z) * U_z
    dn = (1 - n**2) * (r * U_n + h_n * dr)
    return torch.diag(z) + (h - n) * dz + (1 - z) * dn
