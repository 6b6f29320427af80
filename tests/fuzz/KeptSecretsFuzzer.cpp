// Parts of Python configurations that cannot run here: nothing crashes or hangs, each secret has a way of its own, who wants nothing
// changed gets the text as it was, and of JSON no secret is left once each has been replaced by a reference. Of code that is not
// asked: what is no Python has no secrets, and a text in it may end elsewhere once another was replaced.
#include "Require.h"

#include "chain/CodeSecrets.h"
#include "chain/KeptSecrets.h"
#include "chain/ProjectSecrets.h"
#include "chain/PythonHandlers.h"

#include <QJsonDocument>

#include <functional>
#include <set>

using namespace sluice;

namespace {

using Visit = std::function<QString(const QString &text, const SecretVisitor &visitor)>;

void check(const QString &text, const Visit &visit, bool isJson)
{
    std::set<std::vector<std::string>> places;
    const QString same = visit(text, [&](const std::vector<std::string> &path, const QString &secret) -> std::optional<QString> {
        if (isLiteralSecret(secret))
            SLUICE_REQUIRE(places.insert(path).second);
        return std::nullopt;
    });
    SLUICE_REQUIRE(same == text);
    const QString without = visit(text, [](const std::vector<std::string> &, const QString &secret) {
        return isLiteralSecret(secret) ? std::optional(QStringLiteral("${keychain:k}")) : std::nullopt;
    });
    visit(without, [isJson](const std::vector<std::string> &, const QString &secret) -> std::optional<QString> {
        SLUICE_REQUIRE(!isJson || !isLiteralSecret(secret));
        return std::nullopt;
    });
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QString text = QString::fromUtf8(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
    const bool isJson = QJsonDocument::fromJson(text.toUtf8()).isObject() && !text.contains(u"because"); // as a section of an INI file has
    check(text, [](const QString &part, const SecretVisitor &visitor) { return visitKeptSecrets(part, {"config"}, visitor); }, isJson);
    static const std::vector<std::string_view> parameters = {"mailhost", "fromaddr", "toaddrs", "subject", "credentials", "secure"};
    check(text, [](const QString &code, const SecretVisitor &visitor) { return visitSecretsInCode(code, parameters, true, {}, visitor); }, false);
    return 0;
}
