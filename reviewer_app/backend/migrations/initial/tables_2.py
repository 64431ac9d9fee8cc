# SPDX-License-Identifier: AGPL-3.0-or-later
"""Tables of the first schema."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from reviewer_app.backend.kit.database import UtcDateTime


# fmt: off
def create() -> None:
    """Make the tables of this part."""
    _create_audit_facts()
    _create_authorization_sheets()
    _create_check_findings()
    _create_company_search_tokens()
    _create_completion_links()
    _create_customer_sessions()
    _create_decisions()
    _create_documents()
    _create_mailed_links()
    _create_marketing_consents()

def _create_audit_facts() -> None:
    op.create_table('audit_facts',
        sa.Column('entry_id', sa.String(length=32), nullable=False),
        sa.Column('salt', sa.String(length=32), nullable=False),
        sa.Column('actor_id', sa.String(length=32), nullable=True),
        sa.Column('actor_name', sa.String(length=300), nullable=False),
        sa.Column('details', sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(['entry_id'], ['audit_entries.id'], name=op.f('fk_audit_facts_entry_id_audit_entries')),
        sa.PrimaryKeyConstraint('entry_id', name=op.f('pk_audit_facts'))
    )

    _index_audit_facts()

def _index_audit_facts() -> None:
    op.create_index(op.f('ix_audit_facts_actor_id'), 'audit_facts', ['actor_id'], unique=False)

def _create_authorization_sheets() -> None:
    op.create_table('authorization_sheets',
        sa.Column('number', sa.String(length=40), nullable=False),
        sa.Column('company_id', sa.String(length=500).with_variant(sa.String(length=500, collation='C'), 'postgresql'), nullable=False),
        sa.Column('administrator_id', sa.String(length=64), nullable=False),
        sa.Column('variant', sa.String(length=20), nullable=False),
        sa.Column('digest', sa.String(length=64), nullable=False),
        sa.Column('data_version', sa.Integer(), nullable=False),
        sa.Column('made_at', UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(['company_id'], ['companies.id'], name=op.f('fk_authorization_sheets_company_id_companies')),
        sa.PrimaryKeyConstraint('number', name=op.f('pk_authorization_sheets')),
        sa.UniqueConstraint('company_id', 'variant', 'digest', name=op.f('uq_authorization_sheets_company_id'))
    )

def _create_check_findings() -> None:
    op.create_table('check_findings',
        sa.Column('company_id', sa.String(length=500).with_variant(sa.String(length=500, collation='C'), 'postgresql'), nullable=False),
        sa.Column('position', sa.SmallInteger(), nullable=False),
        sa.Column('code', sa.String(length=40), nullable=False),
        sa.Column('status', sa.String(length=10), nullable=False),
        sa.Column('field', sa.String(length=60), nullable=True),
        sa.Column('document_id', sa.String(length=64), nullable=True),
        sa.Column('checked_at', UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(['company_id'], ['companies.id'], name=op.f('fk_check_findings_company_id_companies')),
        sa.PrimaryKeyConstraint('company_id', 'position', name=op.f('pk_check_findings'))
    )

def _create_company_search_tokens() -> None:
    op.create_table('company_search_tokens',
        sa.Column('token', sa.String(length=500).with_variant(sa.String(length=500, collation='C'), 'postgresql'), nullable=False),
        sa.Column('company_id', sa.String(length=500).with_variant(sa.String(length=500, collation='C'), 'postgresql'), nullable=False),
        sa.ForeignKeyConstraint(['company_id'], ['companies.id'], name=op.f('fk_company_search_tokens_company_id_companies')),
        sa.PrimaryKeyConstraint('token', 'company_id', name=op.f('pk_company_search_tokens'))
    )

    _index_company_search_tokens()

def _index_company_search_tokens() -> None:
    op.create_index('ix_company_search_tokens_company_id', 'company_search_tokens', ['company_id'], unique=False)

def _create_completion_links() -> None:
    op.create_table('completion_links',
        sa.Column('token_digest', sa.String(length=64), nullable=False),
        sa.Column('company_id', sa.String(length=500).with_variant(sa.String(length=500, collation='C'), 'postgresql'), nullable=False),
        sa.Column('created_at', UtcDateTime(), nullable=False),
        sa.Column('expires_at', UtcDateTime(), nullable=False),
        sa.Column('ended_at', UtcDateTime(), nullable=True),
        sa.Column('used_at', UtcDateTime(), nullable=True),
        sa.Column('choice', sa.String(length=20), nullable=True),
        sa.Column('owh_version', sa.String(length=200), nullable=True),
        sa.Column('terms_version', sa.String(length=200), nullable=True),
        sa.Column('einvoice_accepted', sa.Boolean(), nullable=True),
        sa.Column('einvoice_email', sa.String(length=254), nullable=True),
        sa.ForeignKeyConstraint(['company_id'], ['companies.id'], name=op.f('fk_completion_links_company_id_companies')),
        sa.PrimaryKeyConstraint('token_digest', name=op.f('pk_completion_links'))
    )

    _index_completion_links()

def _index_completion_links() -> None:
    op.create_index(op.f('ix_completion_links_company_id'), 'completion_links', ['company_id'], unique=False)

def _create_customer_sessions() -> None:
    op.create_table('customer_sessions',
        sa.Column('id', sa.String(length=32), nullable=False),
        sa.Column('user_id', sa.String(length=32), nullable=False),
        sa.Column('token_digest', sa.String(length=64), nullable=False),
        sa.Column('created_at', UtcDateTime(), nullable=False),
        sa.Column('expires_at', UtcDateTime(), nullable=False),
        sa.Column('ended_at', UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_customer_sessions_user_id_users')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_customer_sessions')),
        sa.UniqueConstraint('token_digest', name=op.f('uq_customer_sessions_token_digest'))
    )

    _index_customer_sessions()

def _index_customer_sessions() -> None:
    op.create_index(op.f('ix_customer_sessions_expires_at'), 'customer_sessions', ['expires_at'], unique=False)
    op.create_index(op.f('ix_customer_sessions_user_id'), 'customer_sessions', ['user_id'], unique=False)

def _create_decisions() -> None:
    op.create_table('decisions',
        sa.Column('id', sa.String(length=64), nullable=False),
        sa.Column('company_id', sa.String(length=500).with_variant(sa.String(length=500, collation='C'), 'postgresql'), nullable=False),
        sa.Column('outcome', sa.String(length=40), nullable=False),
        sa.Column('state', sa.String(length=40), nullable=False), sa.Column('version', sa.Integer(), nullable=False),
        sa.Column('round', sa.Integer(), nullable=False),
        sa.Column('decided_at', UtcDateTime(), nullable=False),
        sa.Column('staff_id', sa.String(length=64), nullable=False),
        sa.Column('staff_username', sa.String(length=200), nullable=False),
        sa.Column('staff_name', sa.String(length=200), nullable=False),
        sa.Column('customer_note', sa.String(length=4000), nullable=True),
        sa.Column('internal_note', sa.String(length=4000), nullable=True),
        sa.Column('second_review_due', sa.Boolean(), nullable=False),
        sa.Column('waited_seconds', sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(['company_id'], ['companies.id'], name=op.f('fk_decisions_company_id_companies')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_decisions'))
    )

    _index_decisions()

def _index_decisions() -> None:
    op.create_index('ix_decisions_company_id', 'decisions', ['company_id', 'decided_at'], unique=False)
    op.create_index('ix_decisions_decided_at', 'decisions', ['decided_at'], unique=False)

def _create_documents() -> None:
    op.create_table('documents',
        sa.Column('id', sa.String(length=64), nullable=False),
        sa.Column('company_id', sa.String(length=500).with_variant(sa.String(length=500, collation='C'), 'postgresql'), nullable=False),
        sa.Column('line', sa.String(length=64), nullable=False),
        sa.Column('kind', sa.String(length=40), nullable=False), sa.Column('version', sa.Integer(), nullable=False),
        sa.Column('state', sa.String(length=40), nullable=False),
        sa.Column('sha256', sa.String(length=64), nullable=False), sa.Column('size', sa.BigInteger(), nullable=False),
        sa.Column('media_type', sa.String(length=100), nullable=False),
        sa.Column('file_name', sa.String(length=255), nullable=False),
        sa.Column('pages', sa.Integer(), nullable=False), sa.Column('page_sizes', sa.JSON(), nullable=False),
        sa.Column('repaired', sa.Boolean(), nullable=False), sa.Column('outdated', sa.Boolean(), nullable=False),
        sa.Column('replaces', sa.String(length=64), nullable=True), sa.Column('round', sa.Integer(), nullable=False),
        sa.Column('uploaded_at', UtcDateTime(), nullable=False),
        sa.Column('uploaded_by', sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(['company_id'], ['companies.id'], name=op.f('fk_documents_company_id_companies')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_documents')),
        sa.UniqueConstraint('line', 'version', name=op.f('uq_documents_line'))
    )

    _index_documents()

def _index_documents() -> None:
    op.create_index('ix_documents_company_id', 'documents', ['company_id', 'kind'], unique=False)
    op.create_index('ix_documents_sha256', 'documents', ['sha256'], unique=False)

def _create_mailed_links() -> None:
    op.create_table('mailed_links',
        sa.Column('id', sa.String(length=32), nullable=False),
        sa.Column('user_id', sa.String(length=32), nullable=False),
        sa.Column('purpose', sa.String(length=20), nullable=False),
        sa.Column('token_digest', sa.String(length=64), nullable=False),
        sa.Column('created_at', UtcDateTime(), nullable=False),
        sa.Column('expires_at', UtcDateTime(), nullable=False),
        sa.Column('used_at', UtcDateTime(), nullable=True),
        sa.Column('new_email', sa.String(length=320), nullable=True),
        sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_mailed_links_user_id_users')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_mailed_links')),
        sa.UniqueConstraint('token_digest', name=op.f('uq_mailed_links_token_digest'))
    )

    _index_mailed_links()

def _index_mailed_links() -> None:
    op.create_index(op.f('ix_mailed_links_user_id'), 'mailed_links', ['user_id'], unique=False)

def _create_marketing_consents() -> None:
    op.create_table('marketing_consents',
        sa.Column('id', sa.String(length=32), nullable=False),
        sa.Column('user_id', sa.String(length=32), nullable=False), sa.Column('email', sa.Boolean(), nullable=False),
        sa.Column('phone', sa.Boolean(), nullable=False), sa.Column('sms', sa.Boolean(), nullable=False),
        sa.Column('wording_version', sa.String(length=20), nullable=False),
        sa.Column('recorded_at', UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_marketing_consents_user_id_users')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_marketing_consents'))
    )

    _index_marketing_consents()

def _index_marketing_consents() -> None:
    op.create_index(op.f('ix_marketing_consents_user_id'), 'marketing_consents', ['user_id'], unique=False)
