#include "shell/DamagedFile.h"

#include <QCoreApplication>
#include <QFile>

namespace sluice {

namespace {

constexpr int maxAside = 100;

} // namespace

QString putAside(const QString &path, bool &isAside)
{
    const auto tr = [](const char *words) { return QCoreApplication::translate("sluice::DamagedFile", words); };
    isAside = false;
    // Where it cannot even be read it is left to whoever can.
    if (!QFile(path).open(QIODevice::ReadOnly))
        return tr("It is left as it is, and nothing is written there.");
    for (int i = 1; i <= maxAside; ++i) {
        const QString aside = path + (i == 1 ? QStringLiteral(".damaged") : QStringLiteral(".damaged-%1").arg(i));
        if (QFile::exists(aside))
            continue;
        isAside = QFile::rename(path, aside);
        if (isAside)
            return tr("The file was put aside as %1.").arg(aside);
        break;
    }
    return tr("It cannot be put aside, so nothing is written there.");
}

} // namespace sluice
