#pragma once

#include "base/Problem.h"
#include "chain/Chain.h"

#include <string>

namespace sluice {

/// A chain as a Python logging dictConfig, indented JSON that logging.config.dictConfig takes. Formatters and filters that
/// handlers share are written once. What a dictConfig cannot say is left out and told: receivers, nodes and settings that
/// Python does not have, filters that stand on some ways to a handler only, queues of wires, secrets that are not
/// kept elsewhere.
struct WrittenDictConfig
{
    std::string text;
    /// By the ids of nodes, each with a sentence.
    Problems leftOut;
    /// What is there and yet wants a word: a newer Python, a reference that Python does not follow.
    Problems remarks;
};

WrittenDictConfig dictConfigText(const Chain &chain);

} // namespace sluice
