#pragma once

#include "base/Problem.h"
#include "chain/Chain.h"

#include <string>
#include <vector>

namespace sluice {

/// A secret that stands in a chain itself, and not by a reference: no project keeps it.
struct LiteralSecret
{
    std::string node;
    std::vector<std::string> path; ///< the parameter's key, within its groups; in a map, the entry's name behind it; in a kept text, the way to it (chain/KeptSecrets.h)
    std::string text;
    bool isKept = false; ///< stands in such a text

    std::string key() const; ///< "tls.keyPassword", "headers.Authorization"
};

/// Whether the value of a secret is the secret itself: a text, and no reference.
bool isLiteralSecret(const QJsonValue &value);

std::vector<LiteralSecret> literalSecrets(const Chain &chain);

/// Names that the system's key store would be asked for if these nodes were made, each once: of all texts that are such a reference.
std::vector<std::string> keyStoreNames(const std::vector<ChainNode> &nodes);

/// A sentence for each, with its node as place.
Problems toProblems(const std::vector<LiteralSecret> &secrets);

/// What of a node's parameters may be written into a file.
QJsonObject withoutLiteralSecrets(const QJsonObject &params, const std::vector<ParamSpec> &specs);
/// The same of a map. In a kept text (chain/KeptSecrets.h) nothing stands in the place of a secret.
QJsonObject withoutSecretEntries(const QJsonObject &map, const ParamSpec &spec);

/// The parameters of its node with a reference in its place.
QJsonObject withReference(const QJsonObject &params, const std::vector<std::string> &path, const std::string &reference);

} // namespace sluice
