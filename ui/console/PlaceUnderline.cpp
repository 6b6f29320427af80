#include "console/PlaceUnderline.h"

#include "look/Appearance.h"

#include <QCoreApplication>
#include <QInputMethodEvent>
#include <QLineEdit>
#include <QTextCharFormat>

namespace sluice {

void underlinePlace(QLineEdit &line, const std::optional<ExpressionPlace> &place)
{
    // A line edit takes formats for parts of its text from input methods alone.
    QList<QInputMethodEvent::Attribute> attributes;
    if (place) {
        const QByteArray utf8 = line.text().toUtf8();
        const auto at = static_cast<qsizetype>(qMin<std::size_t>(place->offset, static_cast<std::size_t>(utf8.size())));
        qsizetype begin = QString::fromUtf8(utf8.left(at)).size();
        const qsizetype end =
            QString::fromUtf8(utf8.left(at + static_cast<qsizetype>(place->length))).size();
        // Where something is missing at the end, the last character stands for the place.
        begin = qMin(begin, line.text().size() - 1);
        QTextCharFormat format;
        format.setUnderlineStyle(QTextCharFormat::WaveUnderline);
        format.setUnderlineColor(Appearance::theme().color("problem"));
        attributes << QInputMethodEvent::Attribute(QInputMethodEvent::TextFormat,
                                                   static_cast<int>(begin - line.cursorPosition()),
                                                   static_cast<int>(qMax<qsizetype>(1, end - begin)), format);
    }
    QInputMethodEvent event(QString(), attributes);
    QCoreApplication::sendEvent(&line, &event);
}

} // namespace sluice
