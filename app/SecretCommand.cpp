#include "SecretCommand.h"

#include "Arguments.h"
#include "base/KeyStore.h"

#include <QFile>

#include <array>
#include <cstdio>

namespace sluice {

namespace {

constexpr char usage[] = R"(usage: sluicectl secret set NAME
       sluicectl secret remove NAME

Puts a secret, the first line of standard input, into the system's key store, or takes it out. A project names it
as ${keychain:NAME}.

Exit status: 0 it is done, 1 the key store refuses or there is none, 2 usage.
)";

constexpr qint64 maxSecretBytes = 64 * 1024;

} // namespace

int secretCommand(std::span<const std::string> words)
{
    static constexpr std::array<std::string_view, 2> flags = {"--help", "-h"};
    const Result<Arguments> arguments = Arguments::parse(words, flags, {});
    if (arguments && (arguments->has("--help") || arguments->has("-h"))) {
        std::fputs(usage, stdout);
        return exitStatus::delivered;
    }
    const bool isSet = arguments && arguments->rest.size() == 2 && arguments->rest[0] == "set";
    const bool isRemove = arguments && arguments->rest.size() == 2 && arguments->rest[0] == "remove";
    if ((!isSet && !isRemove) || arguments->rest[1].empty() || arguments->rest[1].find('}') != std::string::npos) {
        std::fputs(usage, stderr);
        return exitStatus::usage;
    }
    Status status;
    if (isRemove) {
        status = keystore::remove(arguments->rest[1]);
    } else {
        QFile in;
        QByteArray secret;
        if (in.open(stdin, QIODevice::ReadOnly))
            secret = in.readLine(maxSecretBytes + 1).trimmed();
        if (secret.isEmpty() || secret.size() == maxSecretBytes)
            status = Error{"There is no secret on standard input, or too large a one."};
        else
            status = keystore::write(arguments->rest[1], secret.toStdString());
    }
    if (!status) {
        std::fprintf(stderr, "sluicectl secret: %s\n", status.error().text.c_str());
        return exitStatus::wrongConfiguration;
    }
    return exitStatus::delivered;
}

} // namespace sluice
