#include "look/Theme.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

static void initResources() { Q_INIT_RESOURCE(sluice); }

namespace sluice {

namespace {

constexpr std::array levelKeys = {"debug", "info", "warning", "error", "critical"};

QByteArray contents(const QString &name)
{
    initResources();
    QFile file(QStringLiteral(":/sluice/themes/") + name);
    [[maybe_unused]] const bool opened = file.open(QIODevice::ReadOnly);
    Q_ASSERT(opened);
    return file.readAll();
}

} // namespace

Theme Theme::load(const QString &name)
{
    const QJsonObject object = QJsonDocument::fromJson(contents(name + QStringLiteral(".json"))).object();
    Theme theme;
    theme.m_name = object[QStringLiteral("name")].toString();
    theme.m_dark = object[QStringLiteral("dark")].toBool();
    for (auto it = object.begin(); it != object.end(); ++it) {
        if (it->isString() && it->toString().startsWith(QLatin1Char('#')))
            theme.m_colors.insert(it.key(), QColor(it->toString()));
    }
    const QJsonObject levels = object[QStringLiteral("levels")].toObject();
    const QJsonObject bars = object[QStringLiteral("bars")].toObject();
    for (std::size_t i = 0; i < levelKeys.size(); ++i) {
        theme.m_bars[i] = QColor(bars[QLatin1String(levelKeys[i])].toString());
        const QJsonObject level = levels[QLatin1String(levelKeys[i])].toObject();
        const auto color = [&](const char *key) { return QColor(level[QLatin1String(key)].toString()); };
        theme.m_levels[i] = {color("text"), color("badge"), color("badgeBorder"), color("badgeText"),
                             color("row"), color("selected")};
    }
    const QJsonArray highlights = object[QStringLiteral("highlights")].toArray();
    const QJsonArray highlightRows = object[QStringLiteral("highlightRows")].toArray();
    for (std::size_t i = 0; i < highlightCount; ++i) {
        theme.m_highlights[i] = QColor(highlights[static_cast<int>(i)].toString());
        theme.m_highlightRows[i] = QColor(highlightRows[static_cast<int>(i)].toString());
    }
    return theme;
}

QColor Theme::color(const char *token) const
{
    const auto found = m_colors.constFind(QLatin1String(token));
    Q_ASSERT_X(found != m_colors.constEnd(), "Theme::color", token);
    return *found;
}

QPalette Theme::palette() const
{
    QPalette p;
    p.setColor(QPalette::Window, color("window"));
    p.setColor(QPalette::WindowText, color("text"));
    p.setColor(QPalette::Base, color("base"));
    p.setColor(QPalette::AlternateBase, color("alternate"));
    p.setColor(QPalette::Text, color("text"));
    p.setColor(QPalette::Button, color("window"));
    p.setColor(QPalette::ButtonText, color("text"));
    p.setColor(QPalette::BrightText, color("problem"));
    p.setColor(QPalette::PlaceholderText, color("secondary"));
    p.setColor(QPalette::ToolTipBase, color("tooltip"));
    p.setColor(QPalette::ToolTipText, color("tooltipText"));
    p.setColor(QPalette::Highlight, color("selection"));
    p.setColor(QPalette::HighlightedText, color("selectionText"));
    p.setColor(QPalette::Link, color("accent"));
    p.setColor(QPalette::LinkVisited, color("accent"));
    // Fusion mixes frames, grooves and shadows from these.
    p.setColor(QPalette::Light, color("base"));
    p.setColor(QPalette::Midlight, color("hover"));
    p.setColor(QPalette::Mid, color("border"));
    p.setColor(QPalette::Dark, color("border"));
    p.setColor(QPalette::Shadow, color("border"));
    for (const QPalette::ColorRole role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText,
                                           QPalette::PlaceholderText, QPalette::HighlightedText})
        p.setColor(QPalette::Disabled, role, color("disabled"));
    p.setColor(QPalette::Disabled, QPalette::Highlight, color("hover"));
    return p;
}

QString Theme::styleSheet() const
{
    const QString source = QString::fromUtf8(contents(QStringLiteral("style.qss")));
    static const QRegularExpression token(QStringLiteral("@([A-Za-z]+)"));
    QString sheet;
    qsizetype done = 0;
    for (auto it = token.globalMatch(source); it.hasNext();) {
        const QRegularExpressionMatch match = it.next();
        sheet += QStringView(source).mid(done, match.capturedStart() - done);
        sheet += color(match.captured(1).toLatin1().constData()).name();
        done = match.capturedEnd();
    }
    return sheet + source.mid(done);
}

} // namespace sluice
