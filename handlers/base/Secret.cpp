#include "base/Secret.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <string_view>

namespace sluice {

namespace {

constexpr std::size_t maxSecretBytes = 64 * 1024;

std::optional<std::string> inside(const std::string &text, std::string_view kind)
{
    const std::string head = "${" + std::string(kind) + ":";
    if (!text.starts_with(head) || !text.ends_with('}'))
        return std::nullopt;
    return text.substr(head.size(), text.size() - head.size() - 1);
}

std::filesystem::path pathFromUtf8(const std::string &text)
{
    return std::filesystem::path(std::u8string(text.begin(), text.end()));
}

} // namespace

bool Secret::isReference() const { return inside(text, "env") || inside(text, "file") || keyStoreName(); }

std::optional<std::string> Secret::keyStoreName() const { return inside(text, "keychain"); }

Result<std::string> Secret::reveal(const std::string &baseDirectory, const keystore::Answers *answers) const
{
    if (const auto name = inside(text, "env")) {
        const char *value = std::getenv(name->c_str());
        if (!value)
            return Error{"The environment variable " + *name + " is not set."};
        return std::string(value);
    }
    if (const auto name = inside(text, "file")) {
        std::ifstream file(pathFromUtf8(baseDirectory) / pathFromUtf8(*name), std::ios::binary);
        if (!file)
            return Error{"The file " + *name + " with the secret cannot be read."};
        std::string content(maxSecretBytes + 1, '\0');
        file.read(content.data(), static_cast<std::streamsize>(content.size()));
        content.resize(static_cast<std::size_t>(file.gcount()));
        if (content.size() > maxSecretBytes)
            return Error{"The file " + *name + " is too large for a secret."};
        while (content.ends_with('\n') || content.ends_with('\r'))
            content.pop_back();
        return content;
    }
    if (const auto name = keyStoreName()) {
        if (answers) {
            if (const auto answer = answers->find(*name); answer != answers->end())
                return answer->second;
        }
        return keystore::read(*name);
    }
    return text;
}

} // namespace sluice
