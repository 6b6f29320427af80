#include "console/SourceLink.h"

#include "look/Appearance.h"
#include "look/ElidedLabel.h"
#include "look/Icons.h"

#include <QActionGroup>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMenu>
#include <QToolButton>

namespace sluice {

SourceLink::SourceLink(QWidget *parent)
    : QWidget(parent), m_button(new QToolButton), m_editors(new QToolButton), m_command(new QLineEdit),
      m_problem(new ElidedLabel)
{
    m_button->setObjectName(QStringLiteral("link"));
    m_button->setFont(Appearance::logFont());
    m_button->setCursor(Qt::PointingHandCursor);
    m_button->setFocusPolicy(Qt::StrongFocus);
    m_editors->setObjectName(QStringLiteral("flat"));
    m_editors->setIcon(themedIcon(QStringLiteral("chevron-down")));
    m_editors->setIconSize({12, 12});
    m_editors->setPopupMode(QToolButton::InstantPopup);
    m_editors->setFocusPolicy(Qt::TabFocus);
    m_editors->setAccessibleName(tr("Editor that opens source files"));
    m_editors->setToolTip(tr("Which editor opens source files"));
    m_editors->setMenu(new QMenu(m_editors));
    m_problem->setObjectName(QStringLiteral("problem"));
    m_problem->setAccessibleName(tr("Why the file was not opened"));
    m_problem->hide();
    m_command->setObjectName(QStringLiteral("editorCommand"));
    m_command->setAccessibleName(tr("Command that opens source files"));
    m_command->setPlaceholderText(tr("Command, as: myedit +%l %f"));
    m_command->setToolTip(tr("%f is the file, %l the line. No shell runs it. Empty: the first editor that is found."));
    m_command->setMaxLength(1000);
    m_command->installEventFilter(this);
    m_command->hide();
    connect(m_command, &QLineEdit::returnPressed, this, [this] {
        m_command->hide();
        Q_EMIT commandChosen(m_command->text().trimmed());
        m_editors->setFocus();
    });
    auto *line = new QHBoxLayout;
    line->setSpacing(4);
    line->addWidget(m_button);
    line->addWidget(m_editors);
    line->addStretch();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(2);
    layout->addLayout(line);
    layout->addWidget(m_command);
    layout->addWidget(m_problem);
    connect(m_button, &QToolButton::clicked, this, [this] { Q_EMIT openRequested(m_file, m_line); });
    hide();
}

void SourceLink::showPlace(const QString &file, qint64 line, const QString &function)
{
    m_file = file;
    m_line = line;
    m_function = function;
    setProblem({});
    describe();
    setVisible(!file.isEmpty());
}

void SourceLink::describe()
{
    // The last part, wherever it was made: a Windows path keeps its name here, too.
    QString name = m_file.mid(qMax(m_file.lastIndexOf(QLatin1Char('/')), m_file.lastIndexOf(QLatin1Char('\\'))) + 1);
    if (m_line > 0)
        name += QLatin1Char(':') + QString::number(m_line);
    m_button->setText(m_button->fontMetrics().elidedText(name, Qt::ElideMiddle, 260));
    const QString place = m_line > 0 ? QStringLiteral("%1:%2").arg(m_file).arg(m_line) : m_file;
    const QString where = m_function.isEmpty() ? place : tr("%1, in %2").arg(place, m_function);
    m_button->setToolTip(m_editor.isEmpty() ? where : tr("%1\nOpen in %2").arg(where, m_editor));
    m_button->setAccessibleName(m_editor.isEmpty() ? tr("Open %1").arg(name) : tr("Open %1 in %2").arg(name, m_editor));
}

void SourceLink::setEditors(const QStringList &names, const QString &current, const QString &command)
{
    m_editor = current;
    QMenu *menu = m_editors->menu();
    menu->clear();
    auto *group = new QActionGroup(menu);
    for (int i = 0; i < names.size(); ++i) {
        QAction *action = menu->addAction(names[i], this, [this, i] { Q_EMIT editorChosen(i); });
        action->setCheckable(true);
        action->setChecked(names[i] == current);
        group->addAction(action);
    }
    menu->addSeparator();
    QAction *own = menu->addAction(tr("Another command…"), this, [this, command] {
        m_command->setText(command);
        m_command->show();
        m_command->setFocus();
        m_command->selectAll();
    });
    own->setCheckable(true);
    own->setChecked(!current.isEmpty() && !names.contains(current));
    group->addAction(own);
    describe();
}

bool SourceLink::eventFilter(QObject *object, QEvent *event)
{
    if (event->type() == QEvent::KeyPress && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Escape) {
        m_command->hide();
        m_editors->setFocus();
        return true;
    }
    return QWidget::eventFilter(object, event);
}

void SourceLink::setProblem(const QString &sentence)
{
    m_problem->setText(sentence);
    m_problem->setToolTip(sentence);
    m_problem->setVisible(!sentence.isEmpty());
}

QString SourceLink::problem() const { return m_problem->text(); }

} // namespace sluice
