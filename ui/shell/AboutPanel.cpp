#include "shell/AboutPanel.h"

#include "look/Appearance.h"
#include "look/Icons.h"
#include "shell/Actions.h"
#include "shell/ViewActions.h"

#include <QAction>
#include <QGridLayout>
#include <QLabel>

namespace sluice {

AboutPanel::AboutPanel(const Actions &actions, const ViewActions &views, QWidget *parent) : QDialog(parent)
{
    setWindowTitle(tr("Sluice: keys"));
    setAttribute(Qt::WA_DeleteOnClose);
    auto *icon = new QLabel;
    icon->setPixmap(applicationIcon().pixmap(48, 48));
    auto *title = new QLabel(tr("Sluice %1").arg(QStringLiteral(SLUICE_VERSION)));
    title->setObjectName(QStringLiteral("title"));
    auto *subtitle = new QLabel(
        tr("Console and router for live log records · MIT licence · Qt %1").arg(QLatin1String(qVersion())));
    subtitle->setObjectName(QStringLiteral("secondary"));

    auto *head = new QGridLayout;
    head->setHorizontalSpacing(16);
    head->setVerticalSpacing(2);
    head->addWidget(icon, 0, 0, 2, 1);
    head->addWidget(title, 0, 1, Qt::AlignBottom);
    head->addWidget(subtitle, 1, 1, Qt::AlignTop);
    head->setColumnStretch(1, 1);

    auto *keys = new QGridLayout;
    keys->setHorizontalSpacing(32);
    keys->setVerticalSpacing(4);
    // Two columns: one would be higher than a small screen.
    constexpr int rows = 22;
    int place = 0;
    const auto add = [&](const QString &words, const QString &key) {
        const int row = place % rows;
        const int column = place++ / rows * 2;
        auto *keyLabel = new QLabel(key);
        keyLabel->setFont(Appearance::logFont());
        keyLabel->setObjectName(QStringLiteral("secondary"));
        keys->addWidget(new QLabel(words), row, column);
        keys->addWidget(keyLabel, row, column + 1, Qt::AlignRight);
    };
    std::vector<QAction *> all = actions.all();
    all.insert(all.end(), views.all().begin(), views.all().end());
    for (const QAction *action : all) {
        QStringList shortcuts;
        for (const QKeySequence &shortcut : action->shortcuts())
            shortcuts << shortcut.toString(QKeySequence::NativeText);
        if (!shortcuts.isEmpty())
            add(action->text().remove(QLatin1Char('&')).remove(QStringLiteral("…")),
                shortcuts.join(tr(" or ")));
    }
    add(tr("Clear the filter, then return to the records"), QStringLiteral("Esc"));
    add(tr("First and last record"), tr("Home, End"));
    add(tr("All lines of a record, or the first"), tr("Right, Left"));
    add(tr("This level and those above it alone"), tr("Shift+click"));
    keys->setColumnStretch(0, 1);
    keys->setColumnStretch(2, 1);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(24, 24, 24, 24);
    layout->setSpacing(16);
    layout->addLayout(head);
    layout->addLayout(keys);
}

} // namespace sluice
