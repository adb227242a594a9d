#ifndef SQUIRE_CLLAMA_SHIM_H
#define SQUIRE_CLLAMA_SHIM_H

#include <llama.h>

#endif
