#include "base/SecretName.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

namespace sluice {

namespace {

bool isUpper(char c) { return c >= 'A' && c <= 'Z'; }
bool isLower(char c) { return c >= 'a' && c <= 'z'; }
bool isDigit(char c) { return c >= '0' && c <= '9'; }

/// "X-Api-Key", "x_api_key" and "xApiKey" are x, api, key.
std::vector<std::string> wordsOf(std::string_view name)
{
    std::vector<std::string> words;
    bool isNew = true;
    bool wasLower = false;
    for (const char c : name) {
        if (!isUpper(c) && !isLower(c) && !isDigit(c)) {
            isNew = true;
            continue;
        }
        if (isNew || (wasLower && isUpper(c)))
            words.emplace_back();
        words.back() += isUpper(c) ? static_cast<char>(c - 'A' + 'a') : c;
        wasLower = isLower(c);
        isNew = false;
    }
    return words;
}

template <std::size_t count>
bool isOneOf(const std::array<std::string_view, count> &list, std::string_view word)
{
    return std::ranges::find(list, word) != list.end();
}

bool isSecretWord(std::string_view word)
{
    static constexpr std::array<std::string_view, 7> whole = {"auth", "authentication", "creds", "credential", "credentials", "passphrase", "signature"};
    // Many are written together with what they open: PGPASSWORD, APITOKEN.
    static constexpr std::array<std::string_view, 13> ends = {"authorization", "cookie",  "cookies", "password", "passwords", "passwd", "secret",
                                                              "secrets",       "token",   "tokens",  "apikey",   "apikeys",   "secretkey"};
    return isOneOf(whole, word) || std::ranges::any_of(ends, [&](std::string_view end) { return word.ends_with(end); });
}

} // namespace

bool namesSecret(std::string_view name)
{
    static constexpr std::array<std::string_view, 10> harmlessKeys = {"cache",   "idempotency", "partition", "primary",   "public",
                                                                      "routing", "socket",      "sort",      "surrogate", "websocket"};
    const std::vector<std::string> words = wordsOf(name);
    if (std::ranges::any_of(words, isSecretWord))
        return true;
    if (words.size() < 2)
        return false;
    const std::string &before = words[words.size() - 2];
    // PWD alone is the folder one is in.
    return words.back() == "pwd" || ((words.back() == "key" || words.back() == "keys") && !isOneOf(harmlessKeys, before));
}

} // namespace sluice
