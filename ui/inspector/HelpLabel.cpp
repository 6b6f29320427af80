#include "inspector/HelpLabel.h"

#include "look/Appearance.h"

namespace sluice {

namespace {

/// Between a currency's sign and a bracket a line may be broken (https://www.unicode.org/reports/tr14/, LB25), but not at a word joiner.
QString unbroken(QString words)
{
    return words.replace(QStringLiteral("${"), QStringLiteral("$\u2060{"));
}

} // namespace

HelpLabel::HelpLabel(const QString &words, QWidget *parent) : QLabel(unbroken(words), parent)
{
    setObjectName(QStringLiteral("secondary"));
    setFont(Appearance::smallFont());
    setTextFormat(Qt::PlainText);
    setWordWrap(true);
}

} // namespace sluice
