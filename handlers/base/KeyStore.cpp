#include "base/KeyStore.h"

#include "base/KeyStoreModule.h"

#include <QCoreApplication>
#include <QDir>
#include <QLibrary>

#include <mutex>
#include <string_view>

namespace sluice::keystore {

namespace {

/// As DBus and libsecret have it, many calls at once would only wait for each other.
std::mutex oneAtATime;

struct Module
{
    SluiceKeyStoreRead read = nullptr;
    SluiceKeyStoreWrite write = nullptr;
    SluiceKeyStoreRemove remove = nullptr;

    bool isThere() const { return read && write && remove; }
};

/// Beside the program, or where libraries are installed beside it: nowhere else is looked, so that nothing else gets secrets.
Module load()
{
    Module module;
    const QString program = QCoreApplication::applicationDirPath();
    for (const char *place : {"", "/../lib/sluice", "/../PlugIns"}) {
        const QString path = program + QLatin1String(place) + QStringLiteral("/sluice-keystore");
        QLibrary library(QDir::cleanPath(path));
        library.setLoadHints(QLibrary::PreventUnloadHint);
        if (!library.load())
            continue;
        module.read = reinterpret_cast<SluiceKeyStoreRead>(library.resolve(keyStoreRead));
        module.write = reinterpret_cast<SluiceKeyStoreWrite>(library.resolve(keyStoreWrite));
        module.remove = reinterpret_cast<SluiceKeyStoreRemove>(library.resolve(keyStoreRemove));
        break;
    }
    return module;
}

const Module &module()
{
    static const Module loaded = load();
    return loaded;
}

Error refusal(const std::string &what, const char *why) { return Error{"The system's key store " + what + ": " + why + "."}; }

Error refusalToRead(const std::string &name, const char *why) { return refusal("does not give \"" + name + "\"", why); }

/// Why the module did not; null: it did.
const char *ask(const std::string &name, std::string &secret)
{
    const std::lock_guard lock(oneAtATime);
    const auto take = [](void *context, const char *text, unsigned long size) { static_cast<std::string *>(context)->assign(text, size); };
    return module().read(name.c_str(), take, &secret);
}

} // namespace

Status availability()
{
    if (!module().isThere())
        return Error{"This Sluice cannot use the system's key store: the module sluice-keystore is missing, or QtKeychain."};
    return {};
}

Result<std::string> read(const std::string &name)
{
    if (const Status status = availability(); !status)
        return status.error();
    std::string secret;
    if (const char *why = ask(name, secret))
        return refusalToRead(name, why);
    return secret;
}

Answers read(const std::vector<std::string> &names, const std::atomic<bool> &isEnough)
{
    Answers answers;
    bool isSilent = false;
    for (const std::string &name : names) {
        std::string secret;
        if (const Status status = availability(); !status)
            answers.emplace(name, status.error());
        else if (isSilent)
            answers.emplace(name, refusalToRead(name, keyStoreSilent));
        else if (isEnough)
            answers.emplace(name, notWaitedFor(name));
        else if (const char *why = ask(name, secret)) {
            answers.emplace(name, refusalToRead(name, why));
            isSilent = std::string_view(why) == keyStoreSilent;
        } else
            answers.emplace(name, std::move(secret));
    }
    return answers;
}

Error notWaitedFor(const std::string &name) { return refusalToRead(name, "nobody waited for it"); }

Status write(const std::string &name, const std::string &secret)
{
    if (Status status = availability(); !status)
        return status;
    const std::lock_guard lock(oneAtATime);
    if (const char *why = module().write(name.c_str(), secret.c_str()))
        return refusal("does not take \"" + name + "\"", why);
    return {};
}

Status remove(const std::string &name)
{
    if (Status status = availability(); !status)
        return status;
    const std::lock_guard lock(oneAtATime);
    if (const char *why = module().remove(name.c_str()))
        return refusal("does not forget \"" + name + "\"", why);
    return {};
}

} // namespace sluice::keystore
