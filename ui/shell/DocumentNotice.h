#pragma once

#include "console/Notice.h"

namespace sluice {

class Document;

/// What stands in a view of a file or a wire while it has no records: that it is being opened, is empty, or cannot be
/// opened, and why.
class DocumentNotice : public Notice
{
    Q_OBJECT

public:
    /// The document outlives it.
    explicit DocumentNotice(Document *document, QWidget *parent = nullptr);

Q_SIGNALS:
    void retryRequested();

private:
    void refresh();

    Document *const m_document;
};

} // namespace sluice
