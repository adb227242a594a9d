#ifndef SQUIRE_CLLAMA_SHIM_H
#define SQUIRE_CLLAMA_SHIM_H

#include <llama.h>

#if defined(__linux__) && defined(__GLIBC__)
// mallopt, which Swift's Glibc module leaves out.
#include <malloc.h>
#endif

#endif
