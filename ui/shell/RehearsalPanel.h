#pragma once

#include "capture/CaptureRehearsal.h"
#include "shell/RehearsalRunner.h"

#include <QFrame>
#include <QTimer>

#include <functional>
#include <memory>
#include <optional>

class QDateTimeEdit;
class QLabel;
class QPlainTextEdit;
class QProgressBar;
class QPushButton;
class QToolButton;
class QTreeView;

namespace sluice {

class ChoiceBox;
class RehearsalModel;

/// Below a canvas: takes records through the chain that is drawn and through the one that runs, without touching the world, and shows
/// by node what would have become of them, with samples. For the UI thread.
class RehearsalPanel : public QFrame
{
    Q_OBJECT

public:
    /// The records that a console view shows.
    struct ViewRecords
    {
        QString title;
        std::shared_ptr<const RecordStore> store;
        CaptureFilter filter;
    };
    /// What it is asked for when a rehearsal begins.
    struct Context
    {
        /// The chain as it is drawn; an Error says what is wrong with it.
        std::function<Result<Chain>()> drawn;
        /// As it runs.
        std::function<Chain()> running;
        std::function<std::string()> baseDirectory;
        std::function<std::shared_ptr<const RecordStore>()> capture;
        /// Of the view in front; none if there is none.
        std::function<std::optional<ViewRecords>()> view;
    };
    enum Records { OfView, All, InTime };

    explicit RehearsalPanel(Context context, QWidget *parent = nullptr);

    /// Opens it, and offers what records there are.
    void open();
    void start();
    /// The chain is another than the one that was rehearsed.
    void setOutdated();
    /// Another project is shown: what was found is about none of its nodes.
    void forget();

    ChoiceBox *recordsBox() const { return m_records; }
    QDateTimeEdit *from() const { return m_from; }
    QDateTimeEdit *until() const { return m_until; }
    QPushButton *startButton() const { return m_start; }
    QLabel *words() const { return m_words; }
    QTreeView *table() const { return m_table; }
    QPlainTextEdit *samples() const { return m_samples; }
    RehearsalModel *model() const { return m_model; }
    RehearsalRunner *runner() { return &m_runner; }

Q_SIGNALS:
    /// There is a report, or (null) no more.
    void reported(const std::shared_ptr<const CaptureRehearsalReport> &report);
    /// Somebody looks at this node.
    void nodeChosen(const QString &id);
    void closed();

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void updateRecords();
    void updateFields();
    void showReport(const std::shared_ptr<const CaptureRehearsalReport> &report, const QString &error);
    void showSamples(int row);

    Context m_context;
    ChoiceBox *m_records;
    QDateTimeEdit *m_from;
    QDateTimeEdit *m_until;
    QPushButton *m_start;
    QProgressBar *m_progress;
    QLabel *m_words;
    QToolButton *m_close;
    QTreeView *m_table;
    QPlainTextEdit *m_samples;
    RehearsalModel *m_model;
    QTimer m_poll;
    bool m_isForgotten = false; ///< what runs is about another project
    RehearsalRunner m_runner; ///< last: it uses what stands before it
};

} // namespace sluice
