"""Addresses of the journalists' and the public pages."""

from __future__ import annotations

from django.urls import path
from django.views.i18n import set_language

from claims.web import (
    accounts,
    articles,
    checks,
    claims,
    home,
    log_claims,
    merging,
    my_account,
    searching,
    signing,
    sources,
    translations,
)

urlpatterns = [
    path("", home.home, name="home"),
    path("sign-in/", accounts.SignIn.as_view(), name="sign_in"),
    path("sign-in/code/", accounts.sign_in_code, name="sign_in_code"),
    path("sign-out/", accounts.SignOut.as_view(), name="sign_out"),
    path("account/", my_account.account, name="account"),
    path("account/password/", my_account.password, name="account_password"),
    path("account/sign-out-elsewhere/", my_account.sign_out_elsewhere, name="account_sign_out_elsewhere"),
    path("account/second-factor/", my_account.second_factor, name="account_second_factor"),
    path("account/second-factor/qr.svg", my_account.qr_code, name="account_qr"),
    path("account/conflicts/", my_account.conflict_declare, name="account_conflict_declare"),
    path("account/conflicts/<int:conflict_id>/end/", my_account.conflict_end, name="account_conflict_end"),
    path("language/", set_language, name="set_language"),
    path("articles/", articles.article_list, name="article_list"),
    path("articles/new/", articles.take_in, name="article_take_in"),
    path("articles/<int:article_id>/", articles.article_detail, name="article_detail"),
    path("articles/<int:article_id>/state/", articles.article_state, name="article_state"),
    path("articles/<int:article_id>/fetch/", articles.fetch_again, name="article_fetch_again"),
    path("articles/<int:article_id>/versions/", articles.versions, name="article_versions"),
    path("articles/<int:article_id>/log/", log_claims.log_from_article, name="log_from_article"),
    path("claims/", claims.claim_list, name="claim_list"),
    path("claims/new/", log_claims.log_elsewhere, name="claim_log"),
    path("claims/<int:claim_id>/", claims.claim_detail, name="claim_detail"),
    path("claims/<int:claim_id>/evidence/", claims.claim_evidence, name="claim_evidence"),
    path("claims/<int:claim_id>/gather/", claims.gather, name="claim_gather"),
    path("claims/<int:claim_id>/edit/", claims.edit, name="claim_edit"),
    path("claims/<int:claim_id>/topics/", claims.sort, name="claim_sort"),
    path("claims/<int:claim_id>/merge/", merging.merge, name="claim_merge"),
    path("claims/<int:claim_id>/unmerge/", merging.unmerge, name="claim_unmerge"),
    path("search/", searching.search, name="search"),
    path("sources/", sources.source_list, name="source_list"),
    path("sources/add/", sources.add, name="source_add"),
    path("sources/documents/<int:document_id>/", sources.document_detail, name="document_detail"),
    path("passages/<int:passage_id>/translation/", translations.translation, name="passage_translation"),
    path("checks/", checks.publication_list, name="publication_list"),
    path("corrections/", checks.corrections, name="corrections"),
    path(".well-known/factcheck-key.json", signing.signing_key, name="signing_key"),
    path("checks/<int:publication_id>/<str:slug>/", checks.publication_detail, name="publication_detail"),
    path("checks/<int:publication_id>/", checks.publication_detail, name="publication_short"),
]
