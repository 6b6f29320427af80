#pragma once

#include "chain/ChainEditor.h"
#include "inspector/InspectorPage.h"

class QPlainTextEdit;

namespace sluice {

/// A comment's words.
class CommentPage : public InspectorPage
{
    Q_OBJECT

public:
    /// The comment is in the chain. The editor outlives it.
    CommentPage(ChainEditor &editor, std::string id, QWidget *parent);

    bool refresh() override;
    QWidget *firstField() const override;
    QPlainTextEdit *text() const { return m_text; }

protected:
    bool eventFilter(QObject *object, QEvent *event) override;

private:
    const ChainComment *find() const;
    void apply();

    ChainEditor &m_editor;
    std::string m_id;
    QPlainTextEdit *m_text;
    bool m_isShowing = false;
};

} // namespace sluice
