import Glibc

print("chiplog")
