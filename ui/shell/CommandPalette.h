#pragma once

#include "shell/Command.h"

#include <QFrame>
#include <QPointer>

#include <functional>
#include <vector>

class QLabel;
class QLineEdit;
class QListView;

namespace sluice {

class CommandModel;
class Settings;

/// Ctrl+Shift+P: everything that can be done, found by a few letters. Stands over the window that it belongs to, and goes
/// when a command was chosen, with Esc, or when one looks elsewhere. Remembers what was used of late.
class CommandPalette : public QFrame
{
    Q_OBJECT

public:
    /// `commands` is asked each time it opens.
    CommandPalette(std::function<std::vector<Command>()> commands, Settings &settings, QWidget *window);

    void open();

    QLineEdit *field() const { return m_field; }
    QListView *list() const { return m_list; }
    CommandModel *model() const { return m_model; }

protected:
    bool eventFilter(QObject *object, QEvent *event) override;

private:
    /// In the window's upper third, as tall as what was found, up to twelve rows.
    void place();
    void typed();
    void choose(const QModelIndex &index);
    /// `giveBack`: the keys go to who had them before.
    void close(bool giveBack);

    const std::function<std::vector<Command>()> m_commands;
    Settings &m_settings;
    QLineEdit *m_field;
    QListView *m_list;
    QLabel *m_nothing;
    CommandModel *m_model;
    QPointer<QWidget> m_before; ///< who had the keys
};

} // namespace sluice
