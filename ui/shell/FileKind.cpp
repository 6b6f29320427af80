#include "shell/FileKind.h"

#include "capture/CaptureFile.h"
#include "text/TextFormatRecognizer.h"
#include "text/TextFormats.h"
#include "wire/Unpacker.h"

#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>

namespace sluice::filekind {

bool isStore(const QString &path)
{
    QByteArray beginning;
    QFile file(path);
    const bool isReadable = file.open(QIODevice::ReadOnly);
    if (isReadable)
        beginning = file.read(256 * 1024);
    // What is packed can be nothing but a log.
    return Unpacker::create({beginning.constData(), std::size_t(beginning.size())}) || CaptureFile::isCapture(path.toStdString()) ||
           looksLikeJsonLines(beginning) || (isReadable && looksLikeLog(path, beginning));
}

bool looksLikeLog(const QString &path, const QByteArray &beginning)
{
    const QString name = QFileInfo(path).fileName();
    if (name.endsWith(QStringLiteral(".sluice")))
        return false;
    for (const char *ending : {".log", ".out", ".err", ".txt"}) {
        if (name.endsWith(QLatin1String(ending)))
            return true;
    }
    const auto answer = TextFormatRecognizer::recognize({beginning.constData(), std::size_t(beginning.size())}, true);
    if (answer.format == textFormats::plain())
        return false;
    // A configuration may be one object on one line.
    return answer.format->name() != "json" || answer.candidates.front().records > 1;
}

bool looksLikeJsonLines(const QByteArray &beginning)
{
    QByteArray text = beginning.trimmed();
    if (text.startsWith("\xEF\xBB\xBF"))
        text = text.mid(3).trimmed();
    const QJsonDocument first =
        QJsonDocument::fromJson(text.left(text.indexOf('\n') < 0 ? text.size() : text.indexOf('\n')));
    if (!first.isObject())
        return false;
    const QJsonObject object = first.object();
    if (object.contains(QStringLiteral("nodes")) || object.contains(QStringLiteral("handlers")))
        return false;
    for (const char *key : {"msg", "message", "levelno", "levelname", "created"}) {
        if (object.contains(QLatin1String(key)))
            return true;
    }
    return false;
}

} // namespace sluice::filekind
