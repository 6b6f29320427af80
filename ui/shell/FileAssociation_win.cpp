#include "shell/FileAssociation.h"

#include <QCoreApplication>
#include <QDir>
#include <QSettings>

#include <windows.h>

#include <shlobj.h>

namespace sluice::fileassociation {

namespace {

// https://learn.microsoft.com/windows/win32/shell/fa-file-types: a class of documents, and an extension that names it.
const QString classes = QStringLiteral("HKEY_CURRENT_USER\\Software\\Classes");
const QString kind = QStringLiteral("Sluice.Project");
const QString extensionsKind = QStringLiteral(".sluice/Default");
const QString openedBy = QStringLiteral("Sluice.Project/shell/open/command/Default");

QString program() { return QLatin1Char('"') + QDir::toNativeSeparators(QCoreApplication::applicationFilePath()) + QLatin1Char('"'); }

QString command() { return program() + QStringLiteral(" \"%1\""); }

} // namespace

bool isOffered() { return true; }

bool isSet()
{
    QSettings registry(classes, QSettings::NativeFormat);
    return registry.value(extensionsKind) == kind && registry.value(openedBy) == command();
}

Status set(bool on)
{
    QSettings registry(classes, QSettings::NativeFormat);
    if (on) {
        registry.setValue(QStringLiteral("Sluice.Project/Default"), QStringLiteral("Sluice project"));
        registry.setValue(QStringLiteral("Sluice.Project/DefaultIcon/Default"), QString(program() + QStringLiteral(",0")));
        registry.setValue(openedBy, command());
        registry.setValue(extensionsKind, kind);
    } else {
        registry.remove(kind);
        if (registry.value(extensionsKind) == kind)
            registry.remove(extensionsKind);
    }
    registry.sync();
    if (registry.status() != QSettings::NoError)
        return Error{"Windows did not let the user's registry be written."};
    SHChangeNotify(SHCNE_ASSOCCHANGED, SHCNF_IDLIST, nullptr, nullptr);
    return {};
}

} // namespace sluice::fileassociation
